using System.Text;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Copying;
using Tidemark.Postgres.Server;

namespace Tidemark.Postgres.Indexing;

/// <summary>Fills the tables of a generation's words from the stored texts.</summary>
internal sealed class KeywordRebuild(NpgsqlConnection connection, IndexGeneration generation)
{
    private const int AtOnce = 2_000;

    /// <summary>From so many chunks on there is an index over the words.</summary>
    public const int IndexedFrom = 1_000;

    private readonly IndexTables _tables = generation.Tables;

    /// <summary>Of every generation, because words are read in another way now; in the caller's transaction.</summary>
    public static async Task RunAllAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var ids = await connection.ListAsync(
            "select id from generation where to_regclass('keywords_' || id) is not null order by id", row => row.GetInt64(0), cancellationToken)
            .ConfigureAwait(false);
        foreach (var id in ids)
        {
            if (await IndexGeneration.FindAsync(connection, id, cancellationToken).ConfigureAwait(false) is { } generation)
            {
                await new KeywordRebuild(connection, generation).RunAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Into tables that are empty.</summary>
    /// <returns>How many chunks were taken in.</returns>
    public async Task<long> FillAsync(CancellationToken cancellationToken)
    {
        var terms = new TermVector(generation.Stemmer);
        var (after, filled) = (0L, 0L);
        while (await PageAsync(after, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            after = page[^1].Key;
            var copy = await BinaryCopy.BeginAsync(connection, _tables.KeywordColumns, cancellationToken).ConfigureAwait(false);
            await using var held = copy.ConfigureAwait(false);
            foreach (var (key, document, text, caption, isSound) in page)
            {
                if (!isSound)
                {
                    continue; // not found rather than found by words that it never had
                }

                _tables.WriteKeywords(copy, key, document, terms.Read(text, caption));
                await copy.EndRowAsync(cancellationToken).ConfigureAwait(false);
                filled++;
            }

            await copy.CompleteAsync(cancellationToken).ConfigureAwait(false);
        }

        return filled;
    }

    /// <summary>The tables stay, and with them who may read them.</summary>
    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var (parts, _) = await _tables.PartsAsync(connection, cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(
            $"truncate {_tables.Keywords}; {string.Concat(parts.Select(part => $"drop index if exists {part}_terms;"))}", cancellationToken)
            .ConfigureAwait(false);
        if (await FillAsync(cancellationToken).ConfigureAwait(false) < IndexedFrom)
        {
            return;
        }

        foreach (var part in parts)
        {
            await connection.ExecuteAsync(IndexTables.CreateTerms(part), cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync($"analyze {part}", cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<List<(long Key, long Document, string Text, string Caption, bool IsSound)>> PageAsync(long after, CancellationToken cancellationToken) =>
        connection.ListAsync(
            $"""
            select c.key, c.document, c.text, c.input, c.seal, {IndexGeneration.Caption}
            from {generation.Found} {generation.Named} where c.key > $1 order by c.key limit $2
            """,
            row => (row.GetInt64(0), row.GetInt64(1), row.GetStoreText(2), IndexGeneration.CaptionOf(row, 5), IsSound(row)),
            cancellationToken,
            Sql.Of(after),
            Sql.Of(AtOnce));

    private static bool IsSound(NpgsqlDataReader row) =>
        Seal.Holds(row.GetHash(3), Encoding.UTF8.GetBytes(row.GetStoreText(2)), row.GetOptionalInt64(4));
}
