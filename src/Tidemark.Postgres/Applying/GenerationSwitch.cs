using Npgsql;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Applying;

/// <summary>Begins, promotes and retires generations inside the caller's transaction, which holds the namespace's row.</summary>
internal sealed class GenerationSwitch(NpgsqlConnection connection, PostgresDatabase database, long @namespace)
{
    private const string ActiveGeneration = "select coalesce(generation, 0) from namespace where id = $1";

    private const string NotStaged = $"""
        select count(*), min(id) from document d
        where namespace = $1 and {RowStates.Live} and not exists (
          select 1 from layout l where l.generation = $2 and l.document = d.key and l.sequence = d.sequence)
        """;

    /// <summary>Whether the two have as many documents, which they do only if the one beside has each of them as it is.</summary>
    private const string HasAll = """
        select b.documents = a.documents from generation b, generation a
        where b.id = $2 and a.id = (select generation from namespace where id = $1)
        """;

    private const string Answer = "update namespace set generation = $2 where id = $1";

    private const string LeaveSources =
        "insert into source_count (generation, source, chunks, tokens) select $2, id, chunks, tokens from source where namespace = $1";

    private const string TakeSources = """
        update source s set
          chunks = coalesce((select c.chunks from source_count c where c.generation = $2 and c.source = s.id), 0),
          tokens = coalesce((select c.tokens from source_count c where c.generation = $2 and c.source = s.id), 0)
        where namespace = $1
        """;

    private const string DropSources = "delete from source_count where generation = $1";

    private const string DropTexts = """
        delete from document_text
        where document in (select document from layout where generation = $1 and is_partition)
        """;

    /// <summary>
    /// Takes up one that is there with the same pipeline; a half-built one with another pipeline goes. Where a first generation
    /// was to be made and another run has made it meanwhile, that one is taken.
    /// </summary>
    /// <exception cref="TidemarkException"><c>migration.running</c>: one with another pipeline follows.</exception>
    public async Task<GenerationRecord> CreateAsync(
        PipelineIdentity pipeline, GenerationState state, CancellationToken cancellationToken)
    {
        if (state == GenerationState.Active && await FindActiveAsync(pipeline, cancellationToken).ConfigureAwait(false) is { } made)
        {
            return made;
        }

        foreach (var beside in await GenerationTable.FindBesideAsync(connection, @namespace, cancellationToken).ConfigureAwait(false))
        {
            if (GenerationRule.TakenUp(beside, pipeline, state) is { } next)
            {
                return await TakeUpAsync(beside, next, cancellationToken).ConfigureAwait(false);
            }

            if (beside.Follows)
            {
                throw GenerationRefusals.Follows(beside, await ActiveAsync(cancellationToken).ConfigureAwait(false));
            }

            await DropAsync(beside.Id, cancellationToken).ConfigureAwait(false);
        }

        var generation = await GenerationTable.AddAsync(connection, database, @namespace, pipeline, state, cancellationToken).ConfigureAwait(false);
        var tables = new IndexTables(generation.Id);
        await (pipeline.IsExternal
            ? tables.CreateKeywordsAsync(connection, cancellationToken)
            : tables.CreateAsync(connection, pipeline.Dimensions, cancellationToken)).ConfigureAwait(false);
        if (state == GenerationState.Active)
        {
            await RunAsync(Answer, cancellationToken, @namespace, generation.Id).ConfigureAwait(false);
        }

        return generation;
    }

    /// <summary>The counts of the two change places; no document is looked at.</summary>
    /// <param name="generation">Beside the one that answers.</param>
    /// <param name="sequence">Of this commit.</param>
    /// <param name="keepsFormer">Whether the one that answered follows.</param>
    /// <param name="cancellationToken">Rolls back.</param>
    /// <exception cref="TidemarkException"><c>migration.behind</c>, <c>index.lagging</c>.</exception>
    public async Task PromoteAsync(long generation, long sequence, bool keepsFormer, CancellationToken cancellationToken)
    {
        await CheckCompleteAsync(generation, cancellationToken).ConfigureAwait(false);
        await CheckPublishedAsync(generation, cancellationToken).ConfigureAwait(false);
        var former = await connection.ScalarAsync<long>(ActiveGeneration, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
        await RunAsync(Answer, cancellationToken, @namespace, generation).ConfigureAwait(false);
        await RunAsync($"update generation set {RowStates.Active} where id = $1", cancellationToken, generation).ConfigureAwait(false);
        await ChunkCounts.SwitchAsync(connection, @namespace, former, generation, cancellationToken).ConfigureAwait(false);
        await RunAsync(LeaveSources, cancellationToken, @namespace, former).ConfigureAwait(false);
        await RunAsync(TakeSources, cancellationToken, @namespace, generation).ConfigureAwait(false);
        await RunAsync(DropSources, cancellationToken, generation).ConfigureAwait(false);

        await RunAsync(
            "insert into promotion (namespace, sequence, generation, at) values ($1, $2, $3, $4)",
            cancellationToken, @namespace, sequence, generation, database.Clock.GetUtcNow().ToStored()).ConfigureAwait(false);
        if (keepsFormer)
        {
            await RunAsync($"update generation set {RowStates.Previous} where id = $1", cancellationToken, former).ConfigureAwait(false);
            return;
        }

        await RetireAsync(former, sequence, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One that never answered goes without a trace; of another one the closed chunks stay, which former states are made of.</summary>
    public async Task RetireAsync(GenerationRecord generation, Func<Task<long>> takeSequence, CancellationToken cancellationToken)
    {
        if (GenerationRule.LeavesHistory(generation))
        {
            await RetireAsync(generation.Id, await takeSequence().ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await DropAsync(generation.Id, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<GenerationRecord> TakeUpAsync(
        GenerationRecord beside, GenerationRecord next, CancellationToken cancellationToken)
    {
        if (next != beside)
        {
            await RunAsync($"update generation set {RowStates.Candidate} where id = $1", cancellationToken, beside.Id).ConfigureAwait(false);
        }

        return next;
    }

    private async Task RetireAsync(long generation, long sequence, CancellationToken cancellationToken)
    {
        await ChunkCounts.RenewAsync(connection, @namespace, cancellationToken).ConfigureAwait(false);
        await RunAsync(DropSources, cancellationToken, generation).ConfigureAwait(false);
        await LeaveAsync(generation, cancellationToken).ConfigureAwait(false);
        await RunAsync(
            "update chunk set to_sequence = $2 where generation = $1 and to_sequence is null", cancellationToken, generation, sequence)
            .ConfigureAwait(false);
        await RunAsync(CutStates.Keep, cancellationToken, generation).ConfigureAwait(false);
        await RunAsync("delete from layout where generation = $1", cancellationToken, generation).ConfigureAwait(false);
        await DropTextsAsync(cancellationToken).ConfigureAwait(false);
        await RunAsync($"update generation set {RowStates.Retired}, documents = 0, chunks = 0 where id = $1", cancellationToken, generation)
            .ConfigureAwait(false);
        await new IndexTables(generation).DropAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Those that the chunks of the only generation add up to.</summary>
    private async Task DropTextsAsync(CancellationToken cancellationToken)
    {
        var active = await connection.ScalarAsync<long>(ActiveGeneration, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
        await RunAsync(DropTexts, cancellationToken, active).ConfigureAwait(false);
    }

    private async Task<GenerationRecord?> ActiveAsync(CancellationToken cancellationToken) => (await connection.ListAsync(
        $"select {GenerationTable.Columns} from {GenerationTable.Tables} where g.id = (select generation from namespace where id = $1)",
        row => GenerationTable.Read(row, 0)!,
        cancellationToken,
        Sql.Of(@namespace)).ConfigureAwait(false)).SingleOrDefault();

    private async Task<GenerationRecord?> FindActiveAsync(PipelineIdentity pipeline, CancellationToken cancellationToken)
    {
        var found = await ActiveAsync(cancellationToken).ConfigureAwait(false);
        return found is null || found.Pipeline == pipeline ? found
            : throw new TidemarkException(
                ErrorCodes.PipelineChanged,
                "another run has begun this namespace with other settings of chunker or model meanwhile",
                "use the same settings in all runs of a namespace");
    }

    private async Task DropAsync(long building, CancellationToken cancellationToken)
    {
        await LeaveAsync(building, cancellationToken).ConfigureAwait(false);
        await new IndexTables(building).DropAsync(connection, cancellationToken).ConfigureAwait(false);
        await RunAsync(DropSources, cancellationToken, building).ConfigureAwait(false);
        await RunAsync("delete from chunk where generation = $1", cancellationToken, building).ConfigureAwait(false);
        await RunAsync("delete from layout where generation = $1", cancellationToken, building).ConfigureAwait(false);
        await DropTextsAsync(cancellationToken).ConfigureAwait(false);
        await RunAsync("delete from catalog where kind = 'generation' and id = $1", cancellationToken, building).ConfigureAwait(false);
        await RunAsync("delete from generation where id = $1", cancellationToken, building).ConfigureAwait(false);
    }

    private async Task CheckCompleteAsync(long generation, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync<bool>(HasAll, cancellationToken, Sql.Of(@namespace), Sql.Of(generation)).ConfigureAwait(false))
        {
            return;
        }

        var lacking = await connection.ListAsync(
            NotStaged,
            row => (Count: row.GetInt64(0), First: row.GetOptionalText(1)),
            cancellationToken,
            Sql.Of(@namespace),
            Sql.Of(generation)).ConfigureAwait(false);
        if (lacking[0].Count > 0)
        {
            throw GenerationRefusals.Behind(lacking[0].Count, lacking[0].First!);
        }
    }

    private async Task CheckPublishedAsync(long generation, CancellationToken cancellationToken)
    {
        var waiting = await connection.ScalarAsync<long>(
            "select count(*) from unpublished where generation = $1", cancellationToken, Sql.Of(generation)).ConfigureAwait(false);
        if (waiting > 0)
        {
            throw GenerationRefusals.Unpublished(waiting);
        }
    }

    /// <summary>Before its chunks close: an external index deletes those that are open.</summary>
    private Task LeaveAsync(long generation, CancellationToken cancellationToken) =>
        ExternalIndexTable.LeaveAsync(connection, generation, database.Clock.GetUtcNow(), cancellationToken);

    private Task<int> RunAsync(string sql, CancellationToken cancellationToken, params long[] values) =>
        connection.ExecuteAsync(sql, cancellationToken, Array.ConvertAll(values, Sql.Of));
}
