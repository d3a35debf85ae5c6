using Npgsql;
using Tidemark.Postgres.Copying;
using Tidemark.Postgres.Indexing;
using Tidemark.Postgres.Server;
using Tidemark.Records;
using Tidemark.Wording;

namespace Tidemark.Postgres.Applying;

/// <summary>Lets documents be found in their current version once the external index has all of it.</summary>
internal sealed class Publication(NpgsqlConnection connection, long generation)
{
    private const string Ready = $"""
        select u.document, u.sequence, u.text_hash from unpublished u
        where u.generation = $1 and u.document = any($2)
          and not exists (
            select 1 from outbox o where o.generation = $1 and o.document = u.document and o.{RowStates.Put})
          and not (
            u.sequence > 0 and u.text_hash is not null
            and not exists (select 1 from layout l where l.generation = $1 and l.document = u.document)
            and exists (
              select 1 from unpublished n where n.generation = $1 and n.sequence = 0 and n.text_hash = u.text_hash))
        """;

    private const string Former = $"""
        select {Found}, h.metadata, h.headings[u.place] from unpublished r
        join document_history h on h.document = r.document and h.from_sequence = r.sequence and h.generation = $1
        join document d on d.key = r.document cross join lateral unnest(h.chunks) with ordinality u(chunk, place)
        where r.generation = $1 and r.document = any($2) and r.sequence > 0
        """;

    private const string Current = $"""
        select {Found}, d.metadata, l.headings[u.place] from layout l
        join document d on d.key = l.document cross join lateral unnest(l.chunks) with ordinality u(chunk, place)
        where l.generation = $1 and l.document = any($2)
        """;

    private const string Found = "d.key, u.chunk, coalesce(d.long_id, d.id)";

    private const string Released = """
        select document from unpublished where generation = $1 and sequence > 0 and text_hash = any($2)
        """;

    private readonly IndexTables _tables = new(generation);
    private TermVector? _terms;

    /// <param name="documents">Of which something may have changed.</param>
    /// <param name="fresh">Those of them that did not wait until now: where they are ready, the stamp stays (<see cref="PublicationRule"/>).</param>
    public async Task PublishAsync(long[] documents, HashSet<long> fresh, CancellationToken cancellationToken)
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
            if (ready.Exists(row => !fresh.Contains(row.Document)))
            {
                await connection.ExecuteAsync(
                    "update external_index set stamp = stamp + 1 where generation = $1", cancellationToken, Sql.Of(generation)).ConfigureAwait(false);
            }

            documents = await ReleasedAsync(
                [.. ready.Where(row => row.IsNew && row.Text is not null).Select(row => row.Text)], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The words of the former versions go, those of the current ones come.</summary>
    private async Task FlipAsync(long[] documents, CancellationToken cancellationToken)
    {
        var former = await ReadAsync(Former).ConfigureAwait(false);
        var current = await ReadAsync(Current).ConfigureAwait(false);
        await connection.ExecuteAsync(
            $"delete from {_tables.Keywords} where chunk = any($1)",
            cancellationToken,
            Sql.Of(former.Except(current).Select(one => one.Chunk).ToArray())).ConfigureAwait(false);
        var added = current.Except(former).OrderBy(one => one.Chunk).ToList();
        if (added.Count > 0)
        {
            var texts = await BatchLookup.TextsAsync(connection, [.. added.Select(one => one.Chunk)], cancellationToken).ConfigureAwait(false);
            var terms = _terms ??= await TermsAsync(cancellationToken).ConfigureAwait(false);
            var copy = await BinaryCopy.BeginAsync(connection, _tables.KeywordColumns, cancellationToken).ConfigureAwait(false);
            await using var held = copy.ConfigureAwait(false);
            foreach (var (document, chunk, caption) in added.Where(one => texts.ContainsKey(one.Chunk)))
            {
                _tables.WriteKeywords(copy, chunk, document, terms.Read(texts[chunk], caption));
                await copy.EndRowAsync(cancellationToken).ConfigureAwait(false);
            }

            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        await connection.ExecuteAsync(
            "delete from unpublished where generation = $1 and document = any($2)", cancellationToken, Sql.Of(generation), Sql.Of(documents))
            .ConfigureAwait(false);

        Task<List<(long Document, long Chunk, string Caption)>> ReadAsync(string sql) => connection.ListAsync(
            sql,
            row => (row.GetInt64(0), row.GetInt64(1), IndexGeneration.CaptionOf(row, 2)),
            cancellationToken,
            Sql.Of(generation),
            Sql.Of(documents));
    }

    /// <summary>By which words are read as the generation was built.</summary>
    private async Task<TermVector> TermsAsync(CancellationToken cancellationToken)
    {
        var input = await connection.ListAsync(
            "select input from generation where id = $1", row => row.GetStoreText(0), cancellationToken, Sql.Of(generation)).ConfigureAwait(false);
        return new TermVector(Stemmer.Of(PipelineIdentity.StemmingOf(input[0])));
    }

    private async Task<long[]> ReleasedAsync(byte[]?[] texts, CancellationToken cancellationToken) => texts.Length == 0
        ? []
        : [.. await connection.ListAsync(
            Released, row => row.GetInt64(0), cancellationToken, Sql.Of(generation), Sql.Of(texts)).ConfigureAwait(false)];
}
