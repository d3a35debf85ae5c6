using Npgsql;
using Tidemark.Diagnostics;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>Begins, drops and promotes generations inside the caller's transaction, which holds the namespace's row.</summary>
internal sealed class GenerationSwitch(NpgsqlConnection connection, PostgresDatabase database, long @namespace)
{
    private const string ActiveGeneration = "select coalesce(generation, 0) from namespace where id = $1";

    private const string NotStaged = $"""
        select count(*), min(id) from document d
        where namespace = $1 and {RowStates.Live} and not exists (
          select 1 from layout l where l.generation = $2 and l.document = d.key and l.sequence = d.sequence)
        """;

    private static readonly string[] Flip =
    [
        "update namespace set generation = $2 where id = $1",
        $"""
        update document d set chunks = cardinality(l.chunks) from layout l
        where d.namespace = $1 and d.{RowStates.Live} and l.generation = $2 and l.document = d.key
        """,
        $"""
        update generation set {RowStates.Active}, (documents, chunks) =
          (select count(*), coalesce(sum(cardinality(l.chunks)), 0) from layout l where l.generation = $2)
        where namespace = $1 and id = $2
        """,
        $"""
        update source s set (chunks, tokens) =
          (select coalesce(sum(cardinality(l.chunks)), 0), coalesce(sum(l.tokens), 0)
           from document d join layout l on l.generation = $2 and l.document = d.key
           where d.source = s.id and d.{RowStates.Live})
        where namespace = $1
        """,
    ];

    private const string DropTexts = """
        delete from document_text
        where document in (select document from layout where generation = $1 and is_partition)
        """;

    /// <summary>
    /// Takes up one that was left half-built with the same pipeline; one with another pipeline goes. Where a first generation
    /// was to be made and another run has made it meanwhile, that one is taken.
    /// </summary>
    public async Task<GenerationRecord> CreateAsync(
        PipelineIdentity pipeline, GenerationState state, CancellationToken cancellationToken)
    {
        if (state == GenerationState.Active && await FindActiveAsync(pipeline, cancellationToken).ConfigureAwait(false) is { } made)
        {
            return made;
        }

        foreach (var building in await GenerationTable.FindBuildingAsync(connection, @namespace, cancellationToken).ConfigureAwait(false))
        {
            if (building.Pipeline == pipeline)
            {
                return building;
            }

            await DropAsync(building.Id, cancellationToken).ConfigureAwait(false);
        }

        var generation = await GenerationTable.AddAsync(connection, database, @namespace, pipeline, state, cancellationToken).ConfigureAwait(false);
        var tables = new IndexTables(generation.Id);
        await (pipeline.IsExternal
            ? tables.CreateKeywordsAsync(connection, cancellationToken)
            : tables.CreateAsync(connection, pipeline.Dimensions, cancellationToken)).ConfigureAwait(false);
        if (state == GenerationState.Active)
        {
            await RunAsync(Flip[0], cancellationToken, @namespace, generation.Id).ConfigureAwait(false);
        }

        return generation;
    }

    /// <exception cref="TidemarkException">Some live document is not staged as it is now.</exception>
    public async Task PromoteAsync(long generation, long sequence, CancellationToken cancellationToken)
    {
        await CheckCompleteAsync(generation, cancellationToken).ConfigureAwait(false);
        await CheckPublishedAsync(generation, cancellationToken).ConfigureAwait(false);
        var former = await connection.ScalarAsync<long>(ActiveGeneration, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
        foreach (var sql in Flip)
        {
            await RunAsync(sql, cancellationToken, @namespace, generation).ConfigureAwait(false);
        }

        await LeaveAsync(former, cancellationToken).ConfigureAwait(false);
        await RunAsync(
            "update chunk set to_sequence = $2 where generation = $1 and to_sequence is null", cancellationToken, former, sequence)
            .ConfigureAwait(false);
        await RunAsync("delete from layout where generation = $1", cancellationToken, former).ConfigureAwait(false);
        await RunAsync(DropTexts, cancellationToken, generation).ConfigureAwait(false);
        await RunAsync($"update generation set {RowStates.Retired}, documents = 0, chunks = 0 where id = $1", cancellationToken, former)
            .ConfigureAwait(false);
        await new IndexTables(former).DropAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    private async Task<GenerationRecord?> FindActiveAsync(PipelineIdentity pipeline, CancellationToken cancellationToken)
    {
        var found = await connection.ListAsync(
            $"select {GenerationTable.Columns} from {GenerationTable.Tables} where g.id = (select generation from namespace where id = $1)",
            row => GenerationTable.Read(row, 0)!,
            cancellationToken,
            Sql.Of(@namespace)).ConfigureAwait(false);
        return found.Count == 0 ? null
            : found[0].Pipeline == pipeline ? found[0]
            : throw new TidemarkException(
                ErrorCodes.PipelineChanged,
                "another run has begun this namespace with other settings of chunker or model meanwhile",
                "use the same settings in all runs of a namespace");
    }

    private async Task DropAsync(long building, CancellationToken cancellationToken)
    {
        var active = await connection.ScalarAsync<long>(ActiveGeneration, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
        await LeaveAsync(building, cancellationToken).ConfigureAwait(false);
        await new IndexTables(building).DropAsync(connection, cancellationToken).ConfigureAwait(false);
        await RunAsync("delete from chunk where generation = $1", cancellationToken, building).ConfigureAwait(false);
        await RunAsync("delete from layout where generation = $1", cancellationToken, building).ConfigureAwait(false);
        await RunAsync(DropTexts, cancellationToken, active).ConfigureAwait(false);
        await RunAsync("delete from catalog where kind = 'generation' and id = $1", cancellationToken, building).ConfigureAwait(false);
        await RunAsync("delete from generation where id = $1", cancellationToken, building).ConfigureAwait(false);
    }

    private async Task CheckCompleteAsync(long generation, CancellationToken cancellationToken)
    {
        var lacking = await connection.ListAsync(
            NotStaged,
            row => (Count: row.GetInt64(0), First: row.GetOptionalText(1)),
            cancellationToken,
            Sql.Of(@namespace),
            Sql.Of(generation)).ConfigureAwait(false);
        if (lacking[0].Count > 0)
        {
            throw new TidemarkException(
                ErrorCodes.PipelineChanged,
                $"the new generation lacks {lacking[0].Count} documents, '{lacking[0].First}' among them",
                "run the same command with --rebuild again; it goes on where it stopped");
        }
    }

    private async Task CheckPublishedAsync(long generation, CancellationToken cancellationToken)
    {
        var waiting = await connection.ScalarAsync<long>(
            "select count(*) from unpublished where generation = $1", cancellationToken, Sql.Of(generation)).ConfigureAwait(false);
        if (waiting > 0)
        {
            throw new TidemarkException(
                ErrorCodes.IndexLagging,
                $"the external index of the new generation lacks entries of {Numbered.Of(waiting, "document", "documents")}",
                "run the same command with --rebuild again; it goes on where it stopped");
        }
    }

    /// <summary>Before its chunks close: an external index deletes those that are open.</summary>
    private Task LeaveAsync(long generation, CancellationToken cancellationToken) =>
        ExternalIndexTable.LeaveAsync(connection, generation, database.Clock.GetUtcNow(), cancellationToken);

    private Task<int> RunAsync(string sql, CancellationToken cancellationToken, params long[] values) =>
        connection.ExecuteAsync(sql, cancellationToken, Array.ConvertAll(values, Sql.Of));
}
