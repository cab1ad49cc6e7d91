# What an analyst's script finds with robotoolbox, told as JSON. `kobo_setup` takes no address with a port, so the settings that it writes are written here.
# robotoolbox 1.6.2 uses what came into R with 4.4.
if (!exists("%||%")) `%||%` <- function(x, y) if (is.null(x)) y else x
arguments <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages({ library(robotoolbox); library(dm); library(labelled) })
Sys.setenv(KOBOTOOLBOX_URL = arguments[1])
token <- kobo_token("anybody", arguments[2], url = NULL)
stopifnot(robotoolbox:::assert_token(token))
assets <- kobo_asset_list(limit = 200)
asset <- kobo_asset(assets$uid[1])
versions <- kobo_asset_version_list(asset)
tables <- kobo_data(asset, lang = "Cymraeg (cy)")
main <- as.data.frame(tables$main)
visits <- as.data.frame(tables$visits)
steps <- as.data.frame(tables$steps)
at <- which(main$session_on == as.Date("2025-07-10"))
keys <- dm_get_all_fks(tables)
folder <- tempfile()
dir.create(folder)
files <- kobo_attachment_download(asset, folder)
text <- function(x) if (is.null(x)) NA else as.character(x)
found <- list(
  assets = nrow(assets), name = assets$name, submissions = asset$deployment__submission_count, versions = nrow(versions), deployed = versions$deployed,
  languages = kobo_lang(asset), tables = I(names(tables)), keys = paste(keys$child_table, keys$parent_table), rows = c(nrow(main), nrow(visits), nrow(steps)),
  classes = c(class(main$session_on)[1], class(main$`_submission_time`)[1], class(visits$visit_on)[1]),
  label = var_label(main$session_on), choices = names(val_labels(main$time_point)), chosen = text(main$time_point[at]),
  support = main[at, c("other_support", "other_support_health-visiting", "other_support_education", "other_support_none")],
  place = main[at, c("door_at_latitude", "door_at_longitude", "door_at_altitude", "door_at_precision", "door_at_wkt")],
  validation = is.na(main$`_validation_status`[at]),
  visits = visits[visits$`_parent_index` == main$`_index`[at], c("visit_on", "visit_note")],
  steps = I(steps$step_note[steps$`_parent_index` %in% visits$`_index`[visits$`_parent_index` == main$`_index`[at]]]),
  filtered = nrow(kobo_data(asset, query = '{"time_point": "after"}')$main),
  few = I(sort(intersect(names(kobo_data(asset, fields = c("photo"))$main), c("_id", "photo", "session_on")))),
  paged = nrow(kobo_data(asset, page_size = 4)$main),
  files = I(sort(sub("^[^_]*_", "", basename(files)))), contents = I(sort(vapply(files, function(file) rawToChar(tail(readBin(file, "raw", 1e6), 5)), "", USE.NAMES = FALSE)))
)
cat(jsonlite::toJSON(found, auto_unbox = TRUE, na = "null", digits = NA))
