using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Rows;

/// <summary>Reads and makes rows of <c>generation</c>.</summary>
internal static class GenerationTable
{
    /// <summary>As <see cref="GenerationState"/> has them, and one more that only the store knows.</summary>
    public const int Retired = 2;

    public const string Columns =
        "g.id, g.chunker, g.input, s.name, s.dimensions, g.state, (select x.location from external_index x where x.generation = g.id)";

    public const string Tables = "generation g join space s on s.id = g.space";

    public const int Count = 7;

    /// <summary>Joins, to namespaces as <c>n</c>, the generation beside the active one as <c>b</c>: its columns, in the order of the others.</summary>
    public const string BesideJoin = $"""
        left join lateral (select {Columns} from {Tables} where g.namespace = n.id and g.{RowStates.Beside} limit 1)
          b (id, chunker, input, space, dimensions, state, location) on true
        """;

    public static GenerationRecord? Read(NpgsqlDataReader row, int first) => row.IsDBNull(first)
        ? null
        : new GenerationRecord(
            row.GetInt64(first),
            new PipelineIdentity(
                row.GetStoreText(first + 1), row.GetStoreText(first + 2), row.GetStoreText(first + 3), row.GetInt32(first + 4))
            {
                Index = row.GetOptionalText(first + 6) ?? PipelineIdentity.InStore,
            },
            (GenerationState)row.GetInt16(first + 5));

    /// <summary>The one beside the active one, if there is one.</summary>
    public static Task<List<GenerationRecord>> FindBesideAsync(
        NpgsqlConnection connection, long @namespace, CancellationToken cancellationToken) => connection.ListAsync(
        $"select {Columns} from {Tables} where g.namespace = $1 and g.{RowStates.Beside}",
        row => Read(row, 0)!,
        cancellationToken,
        Sql.Of(@namespace));

    public static async Task<GenerationRecord> AddAsync(
        NpgsqlConnection connection,
        PostgresDatabase database,
        long @namespace,
        PipelineIdentity pipeline,
        GenerationState state,
        CancellationToken cancellationToken)
    {
        var space = await SpaceTable.FindOrAddAsync(
            connection, new Tidemark.Embedding.EmbeddingSpace(pipeline.Space, pipeline.Dimensions), cancellationToken).ConfigureAwait(false);
        var id = await connection.ScalarAsync<long>(
            "insert into generation (namespace, chunker, input, space, state) values ($1, $2, $3, $4, $5) returning id",
            cancellationToken,
            Sql.Of(@namespace),
            Sql.Of(StoreText.Encode(pipeline.Chunker)),
            Sql.Of(StoreText.Encode(pipeline.Input)),
            Sql.Of(space),
            Sql.Of((int)state)).ConfigureAwait(false);
        var generation = new GenerationRecord(id, pipeline, state);
        if (pipeline.IsExternal)
        {
            await ExternalIndexTable.AddAsync(connection, database, @namespace, generation, cancellationToken).ConfigureAwait(false);
        }

        return generation;
    }
}
