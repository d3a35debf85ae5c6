using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>Compares the rows that everything hangs on with their two copies: of three that should be equal two are right.</summary>
internal sealed class CatalogCheck(NpgsqlConnection connection)
{
    private const string DifferingRows = """
        select coalesce(k.kind, t.kind), coalesce(k.id, t.id), t.content, k.first, k.second
        from catalog_rows t
        full join (
          select * from catalog where kind in ('namespace', 'space', 'source', 'generation', 'safeguard', 'secret', 'golden_query', 'source_place')) k
          on k.kind = t.kind and k.id = t.id
        where t.content is distinct from k.first or k.first is distinct from k.second
        """;

    /// <summary>The tables with a trigger that notes their new rows, and the columns that it notes.</summary>
    internal static readonly IReadOnlyList<(string Kind, string Columns, string[] Types)> Kinds =
    [
        ("namespace", "name", ["text"]),
        ("space", "name, dimensions", ["text", "integer"]),
        ("source", "namespace, name", ["bigint", "text"]),
        ("generation", "namespace, chunker, input, space", ["bigint", "text", "text", "bigint"]),
        ("safeguard", "namespace, kind, scope, name, note, since", ["bigint", "text", "text", "text", "text", "bigint"]),
        ("secret", "salt, signing_key", ["text", "text"]),
        ("golden_query", "namespace, query, filter, expected, must, since", ["bigint", "text", "text", "text", "smallint", "bigint"]),
        ("source_place", "place", ["text"]),
    ];

    public async Task FindAsync(DamageList damages, CancellationToken cancellationToken)
    {
        foreach (var row in await DifferingAsync(cancellationToken).ConfigureAwait(false))
        {
            damages.Add(row.Name, row.Damage, row.DamageKind);
        }
    }

    /// <returns>How many rows were put right.</returns>
    public async Task<long> MendAsync(CancellationToken cancellationToken)
    {
        var mended = await Renumbering.MendAsync(connection, cancellationToken).ConfigureAwait(false);
        foreach (var row in await DifferingAsync(cancellationToken).ConfigureAwait(false))
        {
            if (row.Right is { } right)
            {
                await MendAsync(row, right, cancellationToken).ConfigureAwait(false);
                mended++;
            }
        }

        return mended;
    }

    private async Task MendAsync(CatalogRow row, string right, CancellationToken cancellationToken)
    {
        var (kind, columns, types) = Kinds.First(known => known.Kind == row.Kind);
        var values = types.Select((type, i) => $"($2::jsonb ->> {i})::{type}").ToArray();
        var isGeneration = kind == "generation";
        var set = string.Join(", ", columns.Split(", ").Zip(values, (column, value) => $"{column} = {value}"));
        await connection.ExecuteAsync(
            $"""
            insert into {kind} (id, {columns}{(isGeneration ? ", state" : "")})
            overriding system value values ($1, {string.Join(", ", values)}{(isGeneration ? ", 2" : "")})
            on conflict (id) do update set {set}
            """,
            cancellationToken,
            Sql.Of(row.Id),
            Sql.Of(right)).ConfigureAwait(false);
        await connection.ExecuteAsync(
            """
            insert into catalog values ($1, $2, $3, $3) on conflict (kind, id) do update set first = $3, second = $3
            """,
            cancellationToken,
            Sql.Of(kind),
            Sql.Of(row.Id),
            Sql.Of(right)).ConfigureAwait(false);
    }

    private async Task<List<CatalogRow>> DifferingAsync(CancellationToken cancellationToken) => await connection.ListAsync(
        DifferingRows,
        row => new CatalogRow(row.GetString(0), row.GetInt64(1), Text(row, 2), Text(row, 3), Text(row, 4)),
        cancellationToken).ConfigureAwait(false);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
