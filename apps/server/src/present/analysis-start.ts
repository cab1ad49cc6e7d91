// The first lines of an analysis in Python and in R. They need nothing but the language, and print one line per score.

export const pythonStart = `# Reads synthetic.csv and release.csv and prints, for each score, the change in both. Run: python3 start.py
import csv
import math
import pathlib
import statistics

here = pathlib.Path(__file__).parent


def read(name):
    with open(here / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


pairs = {}
for row in read("synthetic.csv"):
    change = float(row["score_after"]) - float(row["score_before"])
    pairs.setdefault((row["measure"], row["scale"]), []).append(change)

print("measure,scale,n,invented_change,half_width,released_change")
for row in read("release.csv"):
    changes = pairs.get((row["measure"], row["scale"]), [])
    if len(changes) < 3:
        continue
    # 1.96 instead of the t quantile: close enough for a first look.
    half = 1.96 * statistics.stdev(changes) / math.sqrt(len(changes))
    print(f"{row['measure']},{row['scale']},{len(changes)},{statistics.mean(changes):.2f},{half:.2f},{row['mean_change']}")
`

export const rStart = `# Reads synthetic.csv and release.csv and prints, for each score, the change in both. Run: Rscript start.R
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)[1]))
if (is.na(here)) here <- "."
synthetic <- read.csv(file.path(here, "synthetic.csv"), stringsAsFactors = FALSE)
release <- read.csv(file.path(here, "release.csv"), stringsAsFactors = FALSE)
synthetic$change <- synthetic$score_after - synthetic$score_before

cat("measure,scale,n,invented_change,half_width,released_change\\n")
for (i in seq_len(nrow(release))) {
  mine <- synthetic$change[synthetic$measure == release$measure[i] & synthetic$scale == release$scale[i]]
  if (length(mine) < 3) next
  half <- qt(0.975, length(mine) - 1) * sd(mine) / sqrt(length(mine))
  cat(sprintf("%s,%s,%d,%.2f,%.2f,%s\\n", release$measure[i], release$scale[i], length(mine), mean(mine), half, release$mean_change[i]))
}
`
