"""Form 2: attributes, aliases, rechecks, ratings, translations, anchors, page views, teamwork.

The statements are those of the day; later changes of a table are steps of their own.
"""

from sqlalchemy import Connection

STATEMENTS = (
    'CREATE TABLE attribute ( "key" VARCHAR NOT NULL, name VARCHAR NOT NULL, kind VARCHAR NOT'
    " NULL, description VARCHAR NOT NULL, options JSON NOT NULL, unit VARCHAR NOT NULL, "
    "position INTEGER NOT NULL, retired BOOLEAN NOT NULL, id VARCHAR NOT NULL, CONSTRAINT "
    "pk_attribute PRIMARY KEY (id) )",
    "CREATE TABLE attribute_value ( study_id VARCHAR NOT NULL, attribute_id VARCHAR NOT NULL,"
    ' coder_id VARCHAR NOT NULL, "values" JSON NOT NULL, note VARCHAR NOT NULL, source '
    "VARCHAR NOT NULL, document_id VARCHAR NOT NULL, text_layer_id VARCHAR NOT NULL, start "
    'INTEGER NOT NULL, "end" INTEGER NOT NULL, quote VARCHAR NOT NULL, prefix VARCHAR NOT '
    "NULL, suffix VARCHAR NOT NULL, page_first INTEGER NOT NULL, page_last INTEGER NOT NULL, "
    "area JSON NOT NULL, id VARCHAR NOT NULL, CONSTRAINT pk_attribute_value PRIMARY KEY (id),"
    " CONSTRAINT fk_attribute_value_study_id_study FOREIGN KEY(study_id) REFERENCES study "
    "(id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_attribute_value_attribute_id_attribute"
    " FOREIGN KEY(attribute_id) REFERENCES attribute (id) DEFERRABLE INITIALLY DEFERRED, "
    "CONSTRAINT fk_attribute_value_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id)"
    " DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_attribute_value_attribute_id ON attribute_value (attribute_id)",
    "CREATE INDEX ix_attribute_value_coder_id ON attribute_value (coder_id)",
    "CREATE INDEX ix_attribute_value_study_id ON attribute_value (study_id)",
    "CREATE TABLE code_alias ( code_id VARCHAR NOT NULL, name VARCHAR NOT NULL, origin "
    "VARCHAR NOT NULL, origin_code_id VARCHAR NOT NULL, id VARCHAR NOT NULL, CONSTRAINT "
    "pk_code_alias PRIMARY KEY (id), CONSTRAINT fk_code_alias_code_id_code FOREIGN "
    "KEY(code_id) REFERENCES code (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_code_alias_code_id ON code_alias (code_id)",
    "CREATE TABLE recheck ( code_id VARCHAR NOT NULL, reason VARCHAR NOT NULL, asked_at "
    "VARCHAR NOT NULL, closed BOOLEAN NOT NULL, id VARCHAR NOT NULL, CONSTRAINT pk_recheck "
    "PRIMARY KEY (id), CONSTRAINT fk_recheck_code_id_code FOREIGN KEY(code_id) REFERENCES "
    "code (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_recheck_code_id ON recheck (code_id)",
    "CREATE TABLE recheck_mark ( recheck_id VARCHAR NOT NULL, coding_id VARCHAR NOT NULL, "
    "coder_id VARCHAR NOT NULL, outcome VARCHAR NOT NULL, id VARCHAR NOT NULL, CONSTRAINT "
    "pk_recheck_mark PRIMARY KEY (id), CONSTRAINT fk_recheck_mark_recheck_id_recheck FOREIGN "
    "KEY(recheck_id) REFERENCES recheck (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "
    "fk_recheck_mark_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id) DEFERRABLE "
    "INITIALLY DEFERRED )",
    "CREATE INDEX ix_recheck_mark_coder_id ON recheck_mark (coder_id)",
    "CREATE INDEX ix_recheck_mark_recheck_id ON recheck_mark (recheck_id)",
    'CREATE TABLE rating_scale ( "key" VARCHAR NOT NULL, label VARCHAR NOT NULL, description '
    "VARCHAR NOT NULL, lowest INTEGER NOT NULL, highest INTEGER NOT NULL, allows_mixed "
    "BOOLEAN NOT NULL, labels JSON NOT NULL, reversed_codes JSON NOT NULL, id VARCHAR NOT "
    "NULL, CONSTRAINT pk_rating_scale PRIMARY KEY (id) )",
    "CREATE TABLE translation ( coding_id VARCHAR NOT NULL, coder_id VARCHAR NOT NULL, text "
    "VARCHAR NOT NULL, id VARCHAR NOT NULL, CONSTRAINT pk_translation PRIMARY KEY (id), "
    "CONSTRAINT fk_translation_coding_id_coding FOREIGN KEY(coding_id) REFERENCES coding (id)"
    " DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_translation_coder_id_coder FOREIGN "
    "KEY(coder_id) REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_translation_coder_id ON translation (coder_id)",
    "CREATE INDEX ix_translation_coding_id ON translation (coding_id)",
    "CREATE TABLE anchor_fix ( coding_id VARCHAR NOT NULL, text_layer_id VARCHAR NOT NULL, "
    'coder_id VARCHAR NOT NULL, state VARCHAR NOT NULL, start INTEGER NOT NULL, "end" INTEGER'
    " NOT NULL, id VARCHAR NOT NULL, CONSTRAINT pk_anchor_fix PRIMARY KEY (id), CONSTRAINT "
    "fk_anchor_fix_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id) DEFERRABLE "
    "INITIALLY DEFERRED )",
    "CREATE INDEX ix_anchor_fix_coder_id ON anchor_fix (coder_id)",
    "CREATE INDEX ix_anchor_fix_coding_id ON anchor_fix (coding_id)",
    "CREATE TABLE placement ( coding_id VARCHAR NOT NULL, text_layer_id VARCHAR NOT NULL, "
    'anchor VARCHAR NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, state VARCHAR '
    "NOT NULL, CONSTRAINT pk_placement PRIMARY KEY (coding_id, text_layer_id) )",
    "CREATE TABLE document_view ( document_id VARCHAR NOT NULL, numbered BOOLEAN NOT NULL, "
    "label_offset INTEGER NOT NULL, cover_pages JSON NOT NULL, turns JSON NOT NULL, id "
    "VARCHAR NOT NULL, CONSTRAINT pk_document_view PRIMARY KEY (id), CONSTRAINT "
    "fk_document_view_document_id_document FOREIGN KEY(document_id) REFERENCES document (id) "
    "DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_document_view_document_id ON document_view (document_id)",
    "CREATE TABLE assignment ( round_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, "
    "coder_id VARCHAR NOT NULL, id VARCHAR NOT NULL, CONSTRAINT pk_assignment PRIMARY KEY "
    "(id), CONSTRAINT fk_assignment_round_id_round FOREIGN KEY(round_id) REFERENCES round "
    "(id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_assignment_document_id_document "
    "FOREIGN KEY(document_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED, "
    "CONSTRAINT fk_assignment_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id) "
    "DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_assignment_coder_id ON assignment (coder_id)",
    "CREATE INDEX ix_assignment_document_id ON assignment (document_id)",
    "CREATE INDEX ix_assignment_round_id ON assignment (round_id)",
    "CREATE TABLE coder_join ( coder_id VARCHAR NOT NULL, into_id VARCHAR NOT NULL, id "
    "VARCHAR NOT NULL, CONSTRAINT pk_coder_join PRIMARY KEY (id), CONSTRAINT "
    "fk_coder_join_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id) DEFERRABLE "
    "INITIALLY DEFERRED, CONSTRAINT fk_coder_join_into_id_coder FOREIGN KEY(into_id) "
    "REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_coder_join_coder_id ON coder_join (coder_id)",
    "CREATE INDEX ix_coder_join_into_id ON coder_join (into_id)",
    "CREATE TABLE decision ( round_id VARCHAR NOT NULL, document_id VARCHAR NOT NULL, "
    "study_id VARCHAR NOT NULL, coder_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, action "
    "VARCHAR NOT NULL, inputs JSON NOT NULL, results JSON NOT NULL, reason VARCHAR NOT NULL, "
    "note VARCHAR NOT NULL, supersedes VARCHAR NOT NULL, batch VARCHAR NOT NULL, at VARCHAR "
    "NOT NULL, id VARCHAR NOT NULL, CONSTRAINT pk_decision PRIMARY KEY (id), CONSTRAINT "
    "fk_decision_round_id_round FOREIGN KEY(round_id) REFERENCES round (id) DEFERRABLE "
    "INITIALLY DEFERRED, CONSTRAINT fk_decision_coder_id_coder FOREIGN KEY(coder_id) "
    "REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_decision_coder_id ON decision (coder_id)",
    "CREATE INDEX ix_decision_document_id ON decision (document_id)",
    "CREATE INDEX ix_decision_round_id ON decision (round_id)",
    "CREATE TABLE codebook_issue ( code_id VARCHAR NOT NULL, coder_id VARCHAR NOT NULL, title"
    " VARCHAR NOT NULL, note VARCHAR NOT NULL, state VARCHAR NOT NULL, decision_ids JSON NOT "
    "NULL, coding_ids JSON NOT NULL, recheck_id VARCHAR NOT NULL, at VARCHAR NOT NULL, id "
    "VARCHAR NOT NULL, CONSTRAINT pk_codebook_issue PRIMARY KEY (id), CONSTRAINT "
    "fk_codebook_issue_code_id_code FOREIGN KEY(code_id) REFERENCES code (id) DEFERRABLE "
    "INITIALLY DEFERRED, CONSTRAINT fk_codebook_issue_coder_id_coder FOREIGN KEY(coder_id) "
    "REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_codebook_issue_code_id ON codebook_issue (code_id)",
    "CREATE INDEX ix_codebook_issue_coder_id ON codebook_issue (coder_id)",
    "CREATE TABLE proposal_answer ( code_id VARCHAR NOT NULL, revision_id VARCHAR NOT NULL, "
    "coder_id VARCHAR NOT NULL, answer VARCHAR NOT NULL, into_code_id VARCHAR NOT NULL, id "
    "VARCHAR NOT NULL, CONSTRAINT pk_proposal_answer PRIMARY KEY (id), CONSTRAINT "
    "fk_proposal_answer_coder_id_coder FOREIGN KEY(coder_id) REFERENCES coder (id) DEFERRABLE"
    " INITIALLY DEFERRED )",
    "CREATE INDEX ix_proposal_answer_code_id ON proposal_answer (code_id)",
    "CREATE INDEX ix_proposal_answer_coder_id ON proposal_answer (coder_id)",
    "CREATE TABLE agreement_run ( name VARCHAR NOT NULL, coder_id VARCHAR NOT NULL, at "
    "VARCHAR NOT NULL, settings JSON NOT NULL, input_hash VARCHAR NOT NULL, version VARCHAR "
    "NOT NULL, results JSON NOT NULL, id VARCHAR NOT NULL, CONSTRAINT pk_agreement_run "
    "PRIMARY KEY (id), CONSTRAINT fk_agreement_run_coder_id_coder FOREIGN KEY(coder_id) "
    "REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_agreement_run_coder_id ON agreement_run (coder_id)",
    "CREATE TABLE rating ( study_id VARCHAR NOT NULL, code_id VARCHAR NOT NULL, coder_id "
    "VARCHAR NOT NULL, state VARCHAR NOT NULL, value INTEGER NOT NULL, note VARCHAR NOT NULL,"
    " coding_ids JSON NOT NULL, id VARCHAR NOT NULL, CONSTRAINT pk_rating PRIMARY KEY (id), "
    "CONSTRAINT fk_rating_study_id_study FOREIGN KEY(study_id) REFERENCES study (id) "
    "DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_rating_code_id_code FOREIGN KEY(code_id) "
    "REFERENCES code (id) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT fk_rating_coder_id_coder "
    "FOREIGN KEY(coder_id) REFERENCES coder (id) DEFERRABLE INITIALLY DEFERRED )",
    "CREATE INDEX ix_rating_code_id ON rating (code_id)",
    "CREATE INDEX ix_rating_coder_id ON rating (coder_id)",
    "CREATE INDEX ix_rating_study_id ON rating (study_id)",
    "ALTER TABLE receipt ADD COLUMN withdrawn BOOLEAN NOT NULL DEFAULT 0",
)


def add_tables(connection: Connection) -> None:
    """Make the tables of form 2; nothing that form 1 holds is touched."""
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
