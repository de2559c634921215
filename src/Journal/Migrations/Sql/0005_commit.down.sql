drop function journal.commit_batch;
