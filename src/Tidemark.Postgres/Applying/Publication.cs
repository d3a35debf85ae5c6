using Npgsql;
using Tidemark.Postgres.Copying;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Applying;

/// <summary>Lets documents be found in their current version once the external index has all of it.</summary>
internal sealed class Publication(NpgsqlConnection connection, long generation)
{
    private const string Ready = """
        select u.document, u.sequence, u.text_hash from unpublished u
        where u.generation = $1 and u.document = any($2)
          and not exists (
            select 1 from outbox o where o.generation = $1 and o.document = u.document and o.change = 0)
          and not (
            u.sequence > 0 and u.text_hash is not null
            and not exists (select 1 from layout l where l.generation = $1 and l.document = u.document)
            and exists (
              select 1 from unpublished n where n.generation = $1 and n.sequence = 0 and n.text_hash = u.text_hash))
        """;

    private const string Versions = """
        with ready as (select document, sequence from unpublished where generation = $1 and document = any($2)),
        former as (
          select unnest(h.chunks) as chunk from ready r
          join document_history h on h.document = r.document and h.from_sequence = r.sequence and h.generation = $1
          where r.sequence > 0),
        now as (
          select unnest(l.chunks) as chunk from ready r join layout l on l.generation = $1 and l.document = r.document)
        """;

    private const string Released = """
        select document from unpublished where generation = $1 and sequence > 0 and text_hash = any($2)
        """;

    private readonly IndexTables _tables = new(generation);

    /// <param name="documents">Of which something may have changed.</param>
    public async Task PublishAsync(long[] documents, CancellationToken cancellationToken)
    {
        while (documents.Length > 0)
        {
            var ready = await connection.ListAsync(
                Ready,
                row => (Document: row.GetInt64(0), IsNew: row.GetInt64(1) == 0, Text: row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2)),
                cancellationToken,
                Sql.Of(generation),
                Sql.Of(documents)).ConfigureAwait(false);
            if (ready.Count == 0)
            {
                return;
            }

            await FlipAsync([.. ready.Select(row => row.Document)], cancellationToken).ConfigureAwait(false);
            documents = await ReleasedAsync(
                [.. ready.Where(row => row.IsNew && row.Text is not null).Select(row => row.Text)], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The words of the former versions go, those of the current ones come.</summary>
    private async Task FlipAsync(long[] documents, CancellationToken cancellationToken)
    {
        await RunAsync(
            $"{Versions} delete from {_tables.Keywords} where chunk in (select chunk from former except select chunk from now)")
            .ConfigureAwait(false);
        var texts = await connection.ListAsync(
            $"""
            {Versions} select c.key, c.document, c.text
            from (select chunk from now except select chunk from former) n join chunk c on c.key = n.chunk order by c.key
            """,
            row => (Key: row.GetInt64(0), Document: row.GetInt64(1), Text: row.GetStoreText(2)),
            cancellationToken,
            Sql.Of(generation),
            Sql.Of(documents)).ConfigureAwait(false);
        if (texts.Count > 0)
        {
            var terms = new TermVector();
            var copy = await BinaryCopy.BeginAsync(connection, _tables.KeywordColumns, cancellationToken).ConfigureAwait(false);
            await using var held = copy.ConfigureAwait(false);
            foreach (var (key, document, text) in texts)
            {
                _tables.WriteKeywords(copy, key, document, terms.Read(text, title: ""));
                await copy.EndRowAsync(cancellationToken).ConfigureAwait(false);
            }

            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        await RunAsync("delete from unpublished where generation = $1 and document = any($2)").ConfigureAwait(false);
        await connection.ExecuteAsync(
            "update external_index set stamp = stamp + 1 where generation = $1", cancellationToken, Sql.Of(generation)).ConfigureAwait(false);

        Task<int> RunAsync(string sql) => connection.ExecuteAsync(sql, cancellationToken, Sql.Of(generation), Sql.Of(documents));
    }

    private async Task<long[]> ReleasedAsync(byte[]?[] texts, CancellationToken cancellationToken) => texts.Length == 0
        ? []
        : [.. await connection.ListAsync(
            Released, row => row.GetInt64(0), cancellationToken, Sql.Of(generation), Sql.Of(texts)).ConfigureAwait(false)];
}
