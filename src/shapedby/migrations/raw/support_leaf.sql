-- Every change of a support's counted-ness writes a pending leaf of the tally, whatever statement made it.
-- What others need to know stands in tally/__init__.py.
ALTER TABLE support ALTER COLUMN nonce SET DEFAULT uuid_send(gen_random_uuid());

CREATE FUNCTION support_leaf_due() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
  SELECT CASE WHEN current_setting('shapedby.spread', true) = 'on'
         THEN now() + random() * interval '7 days' ELSE now() END
$$;

CREATE FUNCTION support_leaf_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tally_pending (idea, change, commitment, due)
  VALUES (NEW.idea, 1, sha256(NEW.nonce || int4send(0)), support_leaf_due());
  RETURN NULL;
END $$;

-- A hundred leaves say nothing of each other: each commits to the row's nonce and to its place among the row's leaves.
CREATE FUNCTION support_leaf_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.nonce := OLD.nonce;
  NEW.leaves := OLD.leaves;
  IF OLD.state = NEW.state AND OLD.idea = NEW.idea THEN
    RETURN NEW;  -- somebody wrote what is the trigger's: it stays as it was
  END IF;
  IF OLD.state = 'counted' THEN
    NEW.leaves := NEW.leaves + 1;
    INSERT INTO tally_pending (idea, change, commitment, due)
    VALUES (OLD.idea, -1, sha256(OLD.nonce || int4send(NEW.leaves)), support_leaf_due());
  END IF;
  IF NEW.state = 'counted' THEN
    NEW.leaves := NEW.leaves + 1;
    INSERT INTO tally_pending (idea, change, commitment, due)
    VALUES (NEW.idea, 1, sha256(OLD.nonce || int4send(NEW.leaves)), support_leaf_due());
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION support_leaf_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tally_pending (idea, change, commitment, due)
  VALUES (OLD.idea, -1, sha256(OLD.nonce || int4send(OLD.leaves + 1)), support_leaf_due());
  RETURN NULL;
END $$;

CREATE TRIGGER support_leaf_inserted AFTER INSERT ON support
  FOR EACH ROW WHEN (NEW.state = 'counted') EXECUTE FUNCTION support_leaf_inserted();

CREATE TRIGGER support_leaf_updated BEFORE UPDATE ON support
  FOR EACH ROW WHEN (
    (OLD.state = 'counted') <> (NEW.state = 'counted') OR (NEW.state = 'counted' AND OLD.idea <> NEW.idea)
    OR OLD.nonce IS DISTINCT FROM NEW.nonce OR OLD.leaves <> NEW.leaves
  ) EXECUTE FUNCTION support_leaf_updated();

CREATE TRIGGER support_leaf_deleted AFTER DELETE ON support
  FOR EACH ROW WHEN (OLD.state = 'counted') EXECUTE FUNCTION support_leaf_deleted();
