using System.Text;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>Takes a damaged text from a chunk that was cut from the same input, now or formerly, here or elsewhere.</summary>
internal sealed class TextMender(NpgsqlConnection connection)
{
    private const string AllRows = """
        select key, input, text, seal from chunk
        where generation in (select id from generation where namespace = $1) and key > $2 order by key
        """;

    private const string EqualRows = "select input, text from chunk where input = any($1)";

    public async Task<long> RunAsync(long @namespace, CancellationToken cancellationToken)
    {
        var mended = 0L;
        for (var after = long.MinValue; await DamagedAsync(@namespace, after, cancellationToken).ConfigureAwait(false) is { Count: > 0 } damaged; after = damaged[^1].Key)
        {
            mended += await PutAsync(await FindAsync(damaged, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        return mended;
    }

    private async Task<long> PutAsync(List<(long Key, string Text)> found, CancellationToken cancellationToken)
    {
        foreach (var (key, text) in found)
        {
            await connection.ExecuteAsync(
                "update chunk set text = $2 where key = $1", cancellationToken, Sql.Of(key), Sql.Of(StoreText.Encode(text)))
                .ConfigureAwait(false);
        }

        return found.Count;
    }

    private async Task<List<DamagedText>> DamagedAsync(long @namespace, long after, CancellationToken cancellationToken)
    {
        var damaged = new List<DamagedText>();
        var rows = connection.StreamAsync(
            AllRows,
            row => (Text: row.GetStoreText(2), Chunk: new DamagedText(row.GetInt64(0), row.GetHash(1), row.GetOptionalInt64(3))),
            cancellationToken,
            Sql.Of(@namespace),
            Sql.Of(after));
        await foreach (var (text, chunk) in rows.ConfigureAwait(false))
        {
            if (!chunk.IsHeldBy(text))
            {
                damaged.Add(chunk);
            }

            if (damaged.Count == RecordCheck.MostListed)
            {
                break;
            }
        }

        return damaged;
    }

    /// <summary>One pass over all chunks, however many texts are damaged.</summary>
    private async Task<List<(long Key, string Text)>> FindAsync(List<DamagedText> damaged, CancellationToken cancellationToken)
    {
        var wanted = damaged.GroupBy(chunk => chunk.Input).ToDictionary(equal => equal.Key, equal => equal.ToList());
        var found = new List<(long, string)>();
        var rows = connection.StreamAsync(
            EqualRows,
            row => (Input: row.GetHash(0), Text: row.GetStoreText(1)),
            cancellationToken,
            Sql.Of([.. wanted.Keys.Select(input => input.ToArray())]));
        await foreach (var (input, text) in rows.ConfigureAwait(false))
        {
            if (!wanted.TryGetValue(input, out var waiting))
            {
                continue;
            }

            found.AddRange(waiting.Where(chunk => chunk.IsHeldBy(text)).Select(chunk => (chunk.Key, text)));
            waiting.RemoveAll(chunk => chunk.IsHeldBy(text));
            if (waiting.Count == 0 && wanted.Remove(input) && wanted.Count == 0)
            {
                break;
            }
        }

        return found;
    }

    private readonly record struct DamagedText(long Key, ContentHash Input, long? Seal)
    {
        public bool IsHeldBy(string text) => Documents.Seal.Holds(Input, Encoding.UTF8.GetBytes(text), Seal);
    }
}
