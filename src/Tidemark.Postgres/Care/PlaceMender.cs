using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>Rows that stand in a namespace or a generation that the rows around them do not know.</summary>
internal sealed class PlaceMender(NpgsqlConnection connection, long @namespace)
{
    private const string MisplacedDocuments = """
        from document d join source s on s.id = d.source where s.namespace = $1 and d.namespace <> $1 and d.seal is not null
          and not exists (select 1 from document o where o.namespace = $1 and o.id = d.id)
        """;

    private const string MisplacedSourceIds = """
        from source_id i where i.namespace <> $1 and exists (select 1 from document d where d.namespace = $1 and d.source_id = i.id)
          and not exists (select 1 from source_id o where o.namespace = $1 and o.value = i.value)
        """;

    // An open chunk's document has a list of chunks in the chunk's generation.
    private const string MisplacedChunks = $"""
        from chunk c join document d on d.key = c.document and d.namespace = $1 and d.{RowStates.Live}
        where c.to_sequence is null and not exists (select 1 from layout l where l.document = c.document and l.generation = c.generation)
          and exists (select 1 from layout l join namespace n on n.id = $1 and n.generation = l.generation where l.document = c.document)
        """;

    private static readonly (string What, string Counting)[] Places =
    [
        ("documents", $"select count(*) {MisplacedDocuments}"),
        ("source ids", $"select count(*) {MisplacedSourceIds}"),
        ("chunks", $"select count(*) {MisplacedChunks}"),
    ];

    public async Task FindAsync(DamageList damages, CancellationToken cancellationToken)
    {
        foreach (var (what, counting) in Places)
        {
            if (await CountAsync(counting, cancellationToken).ConfigureAwait(false) is > 0 and var found)
            {
                damages.AddMisplaced(what, found);
            }
        }

        if (await CountAsync($"select count(*) where {ExternalIndexTable.IsUnowned}", cancellationToken).ConfigureAwait(false) > 0)
        {
            damages.AddUnownedIndex();
        }

        if (await CountAsync("select count(*) from document where namespace = $1 and length(token) <> 32", cancellationToken).ConfigureAwait(false)
            is > 0 and var tokens)
        {
            damages.AddWrongChangeTokens(tokens);
        }
    }

    /// <returns>How many rows were put into their places.</returns>
    public async Task<long> MendAsync(CancellationToken cancellationToken) =>
        await MendDocumentsAsync(cancellationToken).ConfigureAwait(false)
        + await RunAsync($"update source_id set namespace = $1 where id in (select i.id {MisplacedSourceIds})", cancellationToken).ConfigureAwait(false)
        + await RunAsync(
            $"update chunk set generation = (select generation from namespace where id = $1) where key in (select c.key {MisplacedChunks})",
            cancellationToken).ConfigureAwait(false);

    /// <summary>The seal covers the source: where it holds, it is the namespace that is wrong.</summary>
    private async Task<long> MendDocumentsAsync(CancellationToken cancellationToken)
    {
        var mended = 0L;
        var keys = await connection.ListAsync(
            $"select d.key {MisplacedDocuments}", row => new DocumentKey(row.GetInt64(0)), cancellationToken, Sql.Of(@namespace))
            .ConfigureAwait(false);
        foreach (var row in await DocumentLoader.ReadAsync(connection, keys, cancellationToken).ConfigureAwait(false))
        {
            if (row.Seal is not null && DocumentSeal.Holds(row.Document, row.Seal))
            {
                mended += await connection.ExecuteAsync(
                    "update document set namespace = $1 where key = $2",
                    cancellationToken,
                    Sql.Of(@namespace),
                    Sql.Of(row.Document.Glance.Key.Value)).ConfigureAwait(false);
            }
        }

        return mended;
    }

    private Task<long> CountAsync(string sql, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long>(sql, cancellationToken, Sql.Of(@namespace));

    private Task<int> RunAsync(string sql, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(sql, cancellationToken, Sql.Of(@namespace));
}
