using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Applying;

/// <summary>Begins, promotes and retires generations inside the caller's transaction.</summary>
internal sealed class GenerationSwitch(SqliteConnection connection, IIndexWriter index, long @namespace)
{
    private const string ActiveGeneration = "SELECT coalesce(generation, 0) FROM namespace WHERE id = ?1";

    private const string NotStaged = $"""
        SELECT count(*), min(id) FROM document
        WHERE namespace = ?1 AND {RowStates.Live} AND NOT EXISTS (
          SELECT 1 FROM layout l WHERE l.generation = ?2 AND l.document = document.key AND l.sequence = document.sequence)
        """;

    /// <summary>Whether the two have as many documents, which they do only if the one beside has each of them as it is.</summary>
    private const string HasAll = """
        SELECT b.documents = a.documents FROM generation b, generation a
        WHERE b.id = ?2 AND a.id = (SELECT generation FROM namespace WHERE id = ?1)
        """;

    private const string Answer = "UPDATE namespace SET generation = ?2 WHERE id = ?1";

    private const string LeaveSources =
        "INSERT INTO source_count (generation, source, chunks, tokens) SELECT ?2, id, chunks, tokens FROM source WHERE namespace = ?1";

    private const string TakeSources = """
        UPDATE source SET
          chunks = coalesce((SELECT c.chunks FROM source_count c WHERE c.generation = ?2 AND c.source = source.id), 0),
          tokens = coalesce((SELECT c.tokens FROM source_count c WHERE c.generation = ?2 AND c.source = source.id), 0)
        WHERE namespace = ?1
        """;

    private const string DropSources = "DELETE FROM source_count WHERE generation = ?1";

    /// <summary>Takes up one that is there with the same pipeline; a half-built one with another pipeline goes.</summary>
    /// <exception cref="TidemarkException"><c>migration.running</c>: one with another pipeline follows.</exception>
    public GenerationRecord Create(PipelineIdentity pipeline, GenerationState state)
    {
        if (GenerationTable.FindBeside(connection, @namespace) is { } beside)
        {
            if (GenerationRule.TakenUp(beside, pipeline, state) is { } next)
            {
                return TakeUp(beside, next);
            }

            if (beside.Follows)
            {
                throw GenerationRefusals.Follows(beside, GenerationTable.Find(connection, connection.Scalar(ActiveGeneration, @namespace)));
            }

            Drop(beside.Id);
        }

        var generation = GenerationTable.Add(connection, @namespace, pipeline, state);
        index.CreateGeneration(generation.Id, pipeline.Dimensions);
        if (state == GenerationState.Active)
        {
            Run(Answer, @namespace, generation.Id);
        }

        return generation;
    }

    /// <summary>The counts of the two change places; no document is looked at.</summary>
    /// <param name="generation">Beside the one that answers.</param>
    /// <param name="sequence">Of this commit.</param>
    /// <param name="at">When it is made.</param>
    /// <param name="keepsFormer">Whether the one that answered follows.</param>
    /// <exception cref="TidemarkException"><c>migration.behind</c>, <c>index.lagging</c>.</exception>
    public void Promote(long generation, long sequence, long at, bool keepsFormer)
    {
        CheckComplete(generation);
        CheckPublished(generation);
        var former = connection.Scalar(ActiveGeneration, @namespace);
        Run(Answer, @namespace, generation);
        Run($"UPDATE generation SET {RowStates.Active} WHERE id = ?1", generation);
        ChunkCounts.Switch(connection, @namespace, former, generation);
        Run(LeaveSources, @namespace, former);
        Run(TakeSources, @namespace, generation);
        Run(DropSources, generation);
        Note(generation, sequence, at);
        if (keepsFormer)
        {
            Run($"UPDATE generation SET {RowStates.Previous} WHERE id = ?1", former);
            return;
        }

        Retire(former, sequence);
    }

    /// <summary>One that never answered goes without a trace; of another one the closed chunks stay, which former states are made of.</summary>
    public void Retire(GenerationRecord generation, Func<long> takeSequence)
    {
        if (GenerationRule.LeavesHistory(generation))
        {
            Retire(generation.Id, takeSequence());
        }
        else
        {
            Drop(generation.Id);
        }
    }

    private GenerationRecord TakeUp(GenerationRecord beside, GenerationRecord next)
    {
        if (next != beside)
        {
            Run($"UPDATE generation SET {RowStates.Candidate} WHERE id = ?1", beside.Id);
        }

        return next;
    }

    private void Note(long generation, long sequence, long at)
    {
        using var row = connection.Statement(
            "INSERT INTO promotion (namespace, sequence, generation, at) VALUES (?1, ?2, ?3, ?4)");
        row.Bind(1, @namespace);
        row.Bind(2, sequence);
        row.Bind(3, generation);
        row.Bind(4, at);
        row.Step();
    }

    private void Retire(long generation, long sequence)
    {
        ChunkCounts.Renew(connection, @namespace);
        Run(DropSources, generation);
        index.DropGeneration(generation); // before its chunks close: an external index deletes those that are open
        Run("UPDATE chunk SET to_sequence = ?2 WHERE generation = ?1 AND to_sequence IS NULL", generation, sequence);
        new LayoutRows(connection).Keep(generation);
        Run("DELETE FROM layout WHERE generation = ?1", generation);
        DropTexts();
        Run($"UPDATE generation SET {RowStates.Retired}, documents = 0, chunks = 0 WHERE id = ?1", generation);
    }

    private void Drop(long building)
    {
        index.DropGeneration(building);
        Run(DropSources, building);
        Run("DELETE FROM chunk WHERE generation = ?1", building);
        Run("DELETE FROM layout WHERE generation = ?1", building);
        DropTexts();
        Run("DELETE FROM catalog WHERE kind = 'generation' AND id = ?1", building);
        Run("DELETE FROM generation WHERE id = ?1", building);
    }

    /// <summary>Those that the chunks of the only generation add up to.</summary>
    private void DropTexts() => Run(
        "DELETE FROM document_text WHERE document IN (SELECT document FROM layout WHERE generation = ?1 AND is_partition)",
        connection.Scalar(ActiveGeneration, @namespace));

    private void CheckComplete(long generation)
    {
        using (var counts = connection.Statement(HasAll))
        {
            counts.Bind(1, @namespace);
            counts.Bind(2, generation);
            if (counts.Step() && counts.GetInt64(0) != 0)
            {
                return;
            }
        }

        using var row = connection.Statement(NotStaged);
        row.Bind(1, @namespace);
        row.Bind(2, generation);
        if (row.Step() && row.GetInt64(0) > 0)
        {
            throw GenerationRefusals.Behind(row.GetInt64(0), row.GetText(1));
        }
    }

    private void CheckPublished(long generation)
    {
        var waiting = connection.Scalar("SELECT count(*) FROM unpublished WHERE generation = ?1", generation);
        if (waiting > 0)
        {
            throw GenerationRefusals.Unpublished(waiting);
        }
    }

    private void Run(string sql, long first, long? second = null)
    {
        using var statement = connection.Statement(sql);
        statement.Bind(1, first);
        if (second is { } known)
        {
            statement.Bind(2, known);
        }

        statement.Step();
    }
}
