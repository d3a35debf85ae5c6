using Npgsql;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Reads and makes rows of <c>external_index</c> and <c>index_owner</c>.</summary>
internal static class ExternalIndexTable
{
    private const string FindRow = """
        select n.name, s.name, s.dimensions, x.location, o.owner, x.incarnation, x.stamp
        from external_index x
        join generation g on g.id = x.generation
        join namespace n on n.id = g.namespace
        join space s on s.id = g.space
        left join index_owner o on o.namespace = n.id
        where x.generation = $1
        """;

    private const string PlannedRow = """
        select n.name, (select owner from index_owner o where o.namespace = n.id),
          (select max(x.incarnation) from external_index x join generation g on g.id = x.generation
           where g.namespace = n.id and x.location = $2)
        from namespace n where n.id = $1
        """;

    private const string AddRow = """
        insert into external_index (generation, location, incarnation)
        select $1, $2, (select max(x.incarnation) from external_index x join generation g on g.id = x.generation
                        where g.namespace = $3 and x.location = $2)
        """;

    private const string IsShared = $"""
        select exists (
          select 1 from external_index mine
          join generation m on m.id = mine.generation
          join external_index x on x.location = mine.location and x.generation <> mine.generation
          join generation g on g.id = x.generation and g.namespace = m.namespace and g.{RowStates.NotRetired}
          where mine.generation = $1)
        """;

    private const string AtSamePlace = """
        select x.generation from external_index mine
        join generation m on m.id = mine.generation
        join external_index x on x.location = mine.location
        join generation g on g.id = x.generation and g.namespace = m.namespace
        where mine.generation = $1
        """;

    private const string DeleteEntries = $"""
        insert into outbox (generation, document, chunk, opened, change, at)
        select generation, document, key, from_sequence, {RowStates.DeleteNumber}, $2 from chunk
        where generation = $1 and (to_sequence is null or document in (select document from unpublished where generation = $1))
        on conflict (generation, chunk, opened) do update set position = nextval('outbox_position'), {RowStates.Deleted}, at = excluded.at
        """;

    public static Task<bool> HoldsAsync(NpgsqlConnection connection, long generation, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>(
            "select exists (select 1 from external_index where generation = $1)", cancellationToken, Sql.Of(generation));

    /// <summary>Of a namespace ($1): it has an external index, and nobody who owns it.</summary>
    public const string IsUnowned = """
        exists (select 1 from external_index x join generation g on g.id = x.generation where g.namespace = $1)
          and not exists (select 1 from index_owner where namespace = $1)
        """;

    /// <summary>Takes the one row that no namespace has, else makes it as it was made.</summary>
    /// <returns>How many rows that were.</returns>
    public static async Task<long> MendOwnerAsync(
        NpgsqlConnection connection, string address, long @namespace, CancellationToken cancellationToken)
    {
        const string Strays = "namespace not in (select id from namespace)";
        return await connection.ExecuteAsync(
            $"update index_owner set namespace = $1 where {Strays} and (select count(*) from index_owner where {Strays}) = 1 and {IsUnowned}",
            cancellationToken,
            Sql.Of(@namespace)).ConfigureAwait(false)
            + await connection.ExecuteAsync(
                $"insert into index_owner (namespace, owner) select $1, $2 where {IsUnowned}",
                cancellationToken,
                Sql.Of(@namespace),
                Sql.Of(IndexBinding.OwnerOf(address, @namespace))).ConfigureAwait(false);
    }

    /// <returns>Null where the generation's vectors are indexed in the store.</returns>
    /// <exception cref="TidemarkException"><c>store.corrupt</c>: nobody owns the index.</exception>
    public static async Task<(IndexBinding Binding, long Stamp)?> FindAsync(
        NpgsqlConnection connection, long generation, CancellationToken cancellationToken)
    {
        if (await ExternalCopies.ContradictAsync(connection, generation, cancellationToken).ConfigureAwait(false))
        {
            throw StoredValue.Damaged($"generation {generation}", "where its external index is, or who owns that, is not what was stored");
        }

        var found = await connection.ListAsync(
            FindRow,
            row => (Binding: new IndexBinding(
                row.GetStoreText(0),
                new EmbeddingSpace(row.GetStoreText(1), row.GetInt32(2)),
                row.GetStoreText(3),
                row.GetOptionalText(4) ?? throw StoredValue.Damaged(row.GetStoreText(0), "who owns its external index is not what was stored"),
                row.GetOptionalText(5)), Stamp: row.GetInt64(6)),
            cancellationToken,
            Sql.Of(generation)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>As it is, or would be, for a generation with this pipeline.</summary>
    public static async Task<IndexBinding> PlannedAsync(
        NpgsqlConnection connection,
        PostgresDatabase database,
        long @namespace,
        PipelineIdentity pipeline,
        CancellationToken cancellationToken)
    {
        var found = await connection.ListAsync(
            PlannedRow,
            row => (Name: row.GetStoreText(0), Owner: row.GetOptionalText(1), Incarnation: row.GetOptionalText(2)),
            cancellationToken,
            Sql.Of(@namespace),
            Sql.Of(StoreText.Encode(pipeline.Index))).ConfigureAwait(false);
        return new IndexBinding(
            found[0].Name,
            new EmbeddingSpace(pipeline.Space, pipeline.Dimensions),
            pipeline.Index,
            found[0].Owner ?? OwnerOf(database, @namespace),
            found[0].Incarnation);
    }

    public static async Task AddAsync(
        NpgsqlConnection connection,
        PostgresDatabase database,
        long @namespace,
        GenerationRecord generation,
        CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            "insert into index_owner (namespace, owner) values ($1, $2) on conflict do nothing",
            cancellationToken, Sql.Of(@namespace), Sql.Of(OwnerOf(database, @namespace))).ConfigureAwait(false);
        await connection.ExecuteAsync(
            AddRow, cancellationToken, Sql.Of(generation.Id), Sql.Of(StoreText.Encode(generation.Pipeline.Index)), Sql.Of(@namespace))
            .ConfigureAwait(false);
        await ExternalCopies.NoteAsync(connection, @namespace, generation.Id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// A generation is not asked any more. Where another one lives in the same index, its entries are deleted there;
    /// otherwise that index is left as it is, and what waited for it is given up.
    /// </summary>
    public static async Task LeaveAsync(
        NpgsqlConnection connection, long generation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await HoldsAsync(connection, generation, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (await connection.ScalarAsync<bool>(IsShared, cancellationToken, Sql.Of(generation)).ConfigureAwait(false))
        {
            await connection.ExecuteAsync(DeleteEntries, cancellationToken, Sql.Of(generation), Sql.Of(now.ToStored()))
                .ConfigureAwait(false);
        }
        else
        {
            foreach (var one in await connection.ListAsync(AtSamePlace, row => row.GetInt64(0), cancellationToken, Sql.Of(generation)).ConfigureAwait(false))
            {
                await RunAsync("delete from outbox where generation = $1", one).ConfigureAwait(false);
                await RunAsync("delete from external_index where generation = $1", one).ConfigureAwait(false);
                await ExternalCopies.DropAsync(connection, one, cancellationToken).ConfigureAwait(false);
            }
        }

        await RunAsync("delete from unpublished where generation = $1", generation).ConfigureAwait(false);

        Task<int> RunAsync(string sql, long of) => connection.ExecuteAsync(sql, cancellationToken, Sql.Of(of));
    }

    private static string OwnerOf(PostgresDatabase database, long @namespace) =>
        IndexBinding.OwnerOf(database.Address.ToString(), @namespace);
}
