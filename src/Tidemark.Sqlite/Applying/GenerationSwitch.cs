using Tidemark.Diagnostics;
using Tidemark.Records;
using Tidemark.Sqlite.Engine;
using Tidemark.Sqlite.Indexing;
using Tidemark.Sqlite.Rows;

namespace Tidemark.Sqlite.Applying;

/// <summary>Begins, drops and promotes generations inside the caller's transaction.</summary>
internal sealed class GenerationSwitch(SqliteConnection connection, IIndexWriter index, long @namespace)
{
    private const string ActiveGeneration = "SELECT coalesce(generation, 0) FROM namespace WHERE id = ?1";

    private const string NotStaged = $"""
        SELECT count(*), min(id) FROM document
        WHERE namespace = ?1 AND {RowStates.Live} AND NOT EXISTS (
          SELECT 1 FROM layout l WHERE l.generation = ?2 AND l.document = document.key AND l.sequence = document.sequence)
        """;

    private static readonly string[] Flip =
    [
        "UPDATE namespace SET generation = ?2 WHERE id = ?1",
        $"""
        UPDATE document SET chunks = (SELECT l.chunks FROM layout l WHERE l.generation = ?2 AND l.document = document.key)
        WHERE namespace = ?1 AND {RowStates.Live}
        """,
        $"""
        UPDATE generation SET {RowStates.Active}, (documents, chunks) =
          (SELECT count(*), coalesce(sum(l.chunks), 0) FROM layout l WHERE l.generation = ?2)
        WHERE namespace = ?1 AND id = ?2
        """,
        $"""
        UPDATE source SET (chunks, tokens) =
          (SELECT coalesce(sum(l.chunks), 0), coalesce(sum(l.tokens), 0)
           FROM document d JOIN layout l ON l.generation = ?2 AND l.document = d.key
           WHERE d.source = source.id AND d.{RowStates.Live})
        WHERE namespace = ?1
        """,
    ];

    /// <summary>Takes up one that was left half-built with the same pipeline; one with another pipeline goes.</summary>
    public GenerationRecord Create(PipelineIdentity pipeline, GenerationState state)
    {
        if (GenerationTable.FindBuilding(connection, @namespace) is { } building)
        {
            if (building.Pipeline == pipeline)
            {
                return building;
            }

            Drop(building.Id);
        }

        var generation = GenerationTable.Add(connection, @namespace, pipeline, state);
        index.CreateGeneration(generation.Id, pipeline.Dimensions);
        if (state == GenerationState.Active)
        {
            Run(Flip[0], @namespace, generation.Id);
        }

        return generation;
    }

    /// <exception cref="TidemarkException">Some live document is not staged as it is now.</exception>
    public void Promote(long generation, long sequence)
    {
        CheckComplete(generation);
        CheckPublished(generation);
        var former = connection.Scalar(ActiveGeneration, @namespace);
        foreach (var sql in Flip)
        {
            Run(sql, @namespace, generation);
        }

        index.DropGeneration(former); // before its chunks close: an external index deletes those that are open
        Run("UPDATE chunk SET to_sequence = ?2 WHERE generation = ?1 AND to_sequence IS NULL", former, sequence);
        Run("DELETE FROM layout WHERE generation = ?1", former);
        Run(
            """
            DELETE FROM document_text
            WHERE document IN (SELECT document FROM layout WHERE generation = ?1 AND is_partition)
            """,
            generation);
        Run($"UPDATE generation SET {RowStates.Retired}, documents = 0, chunks = 0 WHERE id = ?1", former);
    }

    private void Drop(long building)
    {
        index.DropGeneration(building);
        Run("DELETE FROM chunk WHERE generation = ?1", building);
        Run("DELETE FROM layout WHERE generation = ?1", building);
        Run(
            """
            DELETE FROM document_text
            WHERE document IN (SELECT document FROM layout WHERE generation = ?1 AND is_partition)
            """,
            connection.Scalar(ActiveGeneration, @namespace));
        Run("DELETE FROM catalog WHERE kind = 'generation' AND id = ?1", building);
        Run("DELETE FROM generation WHERE id = ?1", building);
    }

    private void CheckComplete(long generation)
    {
        using var row = connection.Statement(NotStaged);
        row.Bind(1, @namespace);
        row.Bind(2, generation);
        if (row.Step() && row.GetInt64(0) > 0)
        {
            throw new TidemarkException(
                ErrorCodes.PipelineChanged,
                $"the new generation lacks {row.GetInt64(0)} documents, '{row.GetText(1)}' among them",
                "run the same command with --rebuild again; it goes on where it stopped");
        }
    }

    private void CheckPublished(long generation)
    {
        var waiting = connection.Scalar("SELECT count(*) FROM unpublished WHERE generation = ?1", generation);
        if (waiting > 0)
        {
            throw new TidemarkException(
                ErrorCodes.IndexLagging,
                $"the external index of the new generation lacks entries of {Numbered.Of(waiting, "document", "documents")}",
                "run the same command with --rebuild again; it goes on where it stopped");
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
