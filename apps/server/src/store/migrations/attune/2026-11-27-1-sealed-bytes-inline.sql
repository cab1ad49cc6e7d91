-- Sealed bytes look random: trying to compress them only costs time, and a form of ordinary size fits into its row. Longer ones still move out.
alter table answers.records alter column xml_sealed set storage external, alter column answers_sealed set storage external;
alter table answers.records set (toast_tuple_target = 8160);
alter table answers.attachments alter column sealed set storage external, alter column name_sealed set storage external;
alter table identity.record_authors alter column sealed set storage external;
