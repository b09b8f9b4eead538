-- How the words of a language are brought to their stems; without a dictionary here they stay whole.
CREATE FUNCTION stems_of(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    CASE language
        WHEN 'da' THEN 'danish'::regconfig WHEN 'de' THEN 'german'::regconfig WHEN 'en' THEN 'english'::regconfig
        WHEN 'es' THEN 'spanish'::regconfig WHEN 'fi' THEN 'finnish'::regconfig WHEN 'fr' THEN 'french'::regconfig
        WHEN 'ga' THEN 'irish'::regconfig WHEN 'it' THEN 'italian'::regconfig WHEN 'nl' THEN 'dutch'::regconfig
        WHEN 'no' THEN 'norwegian'::regconfig WHEN 'pt' THEN 'portuguese'::regconfig
        WHEN 'ro' THEN 'romanian'::regconfig WHEN 'sv' THEN 'swedish'::regconfig WHEN 'tr' THEN 'turkish'::regconfig
        ELSE 'simple'::regconfig END;

CREATE FUNCTION without_accents(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    regexp_replace(normalize(words, NFD), '[\u0300-\u036f]', '', 'g');

-- An idea is found by the stems of its own language (A in the title, C below), and by its whole words without accents
-- (B and D) for the word that is still being typed: a stemmed word does not begin like what was typed.
CREATE FUNCTION idea_words(language text, title text, body text) RETURNS tsvector LANGUAGE sql IMMUTABLE
    PARALLEL SAFE RETURN
    setweight(to_tsvector(stems_of(language), title), 'A') || setweight(to_tsvector('simple', without_accents(title)), 'B')
    || setweight(to_tsvector(stems_of(language), body), 'C')
    || setweight(to_tsvector('simple', without_accents(body)), 'D');

CREATE FUNCTION idea_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.search = idea_words((SELECT language FROM posting WHERE id = NEW.posting), NEW.title,
        NEW.problem || ' ' || NEW.proposal || ' ' || NEW.beneficiaries);
    RETURN NEW;
END $$;

CREATE TRIGGER idea_written BEFORE INSERT OR UPDATE OF title, problem, proposal, beneficiaries, posting ON idea
    FOR EACH ROW EXECUTE FUNCTION idea_written();

CREATE FUNCTION idea_translated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE idea SET search = idea_words(NEW.language, title, problem || ' ' || proposal || ' ' || beneficiaries)
    WHERE posting = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER idea_translated AFTER UPDATE OF language ON posting FOR EACH ROW
    WHEN (NEW.kind = 'idea' AND OLD.language IS DISTINCT FROM NEW.language) EXECUTE FUNCTION idea_translated();

-- The newest matches of a search, at most so many. Planned anew each time: how often a word stands in ideas decides
-- whether the index of words or the order of time is the shorter way, and a plan for any word knows neither.
CREATE FUNCTION ideas_found(asked tsquery, in_challenge bigint, in_area bigint, in_topic bigint, in_stages text[],
    wanting boolean, most int)
RETURNS TABLE (id bigint, supports int, foreign_supports int, comments int, public_at timestamptz, rank real)
LANGUAGE plpgsql STABLE SET plan_cache_mode = 'force_custom_plan' AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT newest.id, newest.supports, newest.foreign_supports, newest.comments, newest.public_at,
           ts_rank('{0.2, 0.3, 0.8, 1.0}', newest.search, asked)
    FROM (
        SELECT i.id, i.supports, i.foreign_supports, i.comments, p.public_at, i.search
        FROM idea i JOIN posting p ON p.id = i.posting AND p.publicity = 'public' JOIN challenge c ON c.id = i.challenge
        WHERE i.search @@ asked AND i.sent_at IS NOT NULL AND i.stage = ANY (in_stages)
          AND (in_challenge IS NULL OR i.challenge = in_challenge)
          AND (in_area IS NULL OR i.area = in_area)
          AND (in_topic IS NULL OR i.topic = in_topic)
          AND (NOT wanting OR (i.stage = 'open' AND i.supports < c.supports_needed AND c.decided_at IS NULL))
        ORDER BY i.sent_at DESC, i.id DESC LIMIT most
    ) newest;
END $$;

-- The planner has to know how often a word stands in ideas, not only the hundred most frequent ones.
ALTER TABLE idea ALTER COLUMN search SET STATISTICS 1000
