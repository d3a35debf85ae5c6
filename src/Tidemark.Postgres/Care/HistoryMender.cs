using System.Text;
using Npgsql;
using Tidemark.Diagnostics;
using Tidemark.Documents;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>
/// Former states of documents, the chunks that they are made of, and vectors that only they need. What cannot be put right is dropped:
/// nothing that is live needs it, and a copy of the store would be refused for it.
/// </summary>
internal sealed class HistoryMender(NpgsqlConnection connection, long @namespace)
{
    private const string StateRows = """
        select h.key, h.document, h.from_sequence, h.to_sequence, h.text_hash, h.is_partition, h.chunks, h.starts, h.lengths, h.headings,
               h.text, h.modified_at, h.expires_at, h.metadata, coalesce(d.long_id, d.id, 'a document that is gone')
        from document_history h left join document d on d.key = h.document
        where (d.namespace = $1 or d.key is null) and h.key > $2 order by h.key limit 500
        """;

    private const string ChunkRows = """
        select c.key, c.input, c.occurrence, c.document, c.text, c.seal from chunk c where c.key = any($1)
        """;

    private const string ClosedRows = """
        select key, input, text, seal from chunk
        where (to_sequence is not null and generation in (select id from generation where namespace = $1))
          or generation not in (select id from generation)
        """;

    // Those that live chunks need are looked at where the index is.
    private const string IdleVectors = """
        select e.space, e.input, vector_send(e.vector), e.seal from embedding e
        where e.seal is not null and not exists (select 1 from chunk c where c.input = e.input and c.to_sequence is null)
        """;

    public async Task FindAsync(DamageList damages, CancellationToken cancellationToken)
    {
        foreach (var (_, damage) in await DamagedStatesAsync(cancellationToken).ConfigureAwait(false))
        {
            damages.Add(damage.Item, damage.What, damage.Kind);
        }

        var chunks = await DamagedChunksAsync(cancellationToken).ConfigureAwait(false);
        Find(damages, chunks.Count, "chunk of former states is", "chunks of former states are");
        var vectors = await DamagedVectorsAsync(cancellationToken).ConfigureAwait(false);
        Find(damages, vectors.Count, "vector that nothing live needs is", "vectors that nothing live needs are");
    }

    /// <param name="lost">Takes what was dropped.</param>
    /// <returns>How many rows were put right, or taken away.</returns>
    public async Task<long> MendAsync(DamageList lost, CancellationToken cancellationToken)
    {
        var states = await DamagedStatesAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (key, damage) in states)
        {
            var isDropped = damage.Kind == DamageKind.Past;
            await connection.ExecuteAsync(
                isDropped ? "delete from document_history where key = $1" : "update document_history set is_partition = not is_partition where key = $1",
                cancellationToken,
                Sql.Of(key)).ConfigureAwait(false);
            if (isDropped)
            {
                lost.Add(damage.Item, damage.What, damage.Kind);
            }
        }

        var mended = (long)states.Count;
        foreach (var key in await DamagedChunksAsync(cancellationToken).ConfigureAwait(false))
        {
            mended += await connection.ExecuteAsync("delete from chunk where key = $1", cancellationToken, Sql.Of(key)).ConfigureAwait(false);
        }

        foreach (var (space, input) in await DamagedVectorsAsync(cancellationToken).ConfigureAwait(false))
        {
            mended += await connection.ExecuteAsync(
                "delete from embedding where space = $1 and input = $2", cancellationToken, Sql.Of(space), Sql.Of(input)).ConfigureAwait(false);
        }

        return mended;
    }

    private static void Find(DamageList damages, int found, string one, string many)
    {
        if (found > 0)
        {
            damages.Add("the namespace", $"{Numbered.Of(found, one, many)} not what was stored", DamageKind.Past);
        }
    }

    private async Task<List<(long Key, RecordDamage Damage)>> DamagedStatesAsync(CancellationToken cancellationToken)
    {
        var damaged = new List<(long, RecordDamage)>();
        for (var after = long.MinValue; ;)
        {
            var page = await connection.ListAsync(StateRows, ReadState, cancellationToken, Sql.Of(@namespace), Sql.Of(after)).ConfigureAwait(false);
            if (page.Count == 0)
            {
                return damaged;
            }

            var chunks = await ReadChunksAsync(page, cancellationToken).ConfigureAwait(false);
            damaged.AddRange(
                from row in page
                let damage = row.State.Complete(chunks, withText: true, () => row.Text).Damage
                where damage is not null
                select (row.Key, StoredDocument.FormerDamage(row.State.Document.Id, row.Sequences, damage)));
            after = page[^1].Key;
        }
    }

    private static Row ReadState(NpgsqlDataReader row)
    {
        var state = StoredDocument.OfFormer(
            new DocumentKey(row.GetInt64(1)), row.GetStoreText(14), row.GetHash(4), StoredLayout.Find(row, 6)?.Entries) with
        {
            IsPartition = row.GetBoolean(5),
            Fault = StoredValue.FaultOf(0, 0, row.GetOptionalInt64(11), row.GetOptionalInt64(12), row.GetOptionalText(13)),
        };
        return new Row(row.GetInt64(0), (row.GetInt64(2), row.GetInt64(3)), state, row.GetOptionalText(10));
    }

    private async Task<Dictionary<long, StoredChunk>> ReadChunksAsync(List<Row> states, CancellationToken cancellationToken)
    {
        var keys = states.SelectMany(row => row.State.Layout ?? []).Select(entry => entry.Chunk).Distinct().ToArray();
        var chunks = new Dictionary<long, StoredChunk>(keys.Length);
        if (keys.Length > 0)
        {
            await connection.ListAsync(ChunkRows, row => chunks[row.GetInt64(0)] = ReadChunk(row), cancellationToken, Sql.Of(keys)).ConfigureAwait(false);
        }

        return chunks;
    }

    private static StoredChunk ReadChunk(NpgsqlDataReader row)
    {
        var (input, text) = (row.GetHash(1), row.GetStoreText(4));
        return new StoredChunk(input, row.GetInt32(2), new DocumentKey(row.GetInt64(3)), IsOpen: true)
        {
            Text = text,
            IsIntact = Seal.Holds(input, Encoding.UTF8.GetBytes(text), row.GetOptionalInt64(5)),
        };
    }

    private Task<List<long>> DamagedChunksAsync(CancellationToken cancellationToken) => DamagedAsync(
        ClosedRows,
        row => (Key: row.GetInt64(0), Seal.Holds(row.GetHash(1), Encoding.UTF8.GetBytes(row.GetStoreText(2)), row.GetOptionalInt64(3))),
        cancellationToken,
        Sql.Of(@namespace));

    private Task<List<(long Space, byte[] Input)>> DamagedVectorsAsync(CancellationToken cancellationToken) => DamagedAsync(
        IdleVectors,
        row => ((row.GetInt64(0), row.GetFieldValue<byte[]>(1)), row.GetInt64(3) == Seal.OfVector(row.GetHash(1), row.GetVector(2))),
        cancellationToken);

    private async Task<List<T>> DamagedAsync<T>(
        string sql, Func<NpgsqlDataReader, (T Key, bool IsIntact)> read, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var damaged = new List<T>();
        await foreach (var (key, isIntact) in connection.StreamAsync(sql, read, cancellationToken, parameters).ConfigureAwait(false))
        {
            if (!isIntact)
            {
                damaged.Add(key);
            }
        }

        return damaged;
    }

    /// <param name="Text">What stands beside the chunks.</param>
    private sealed record Row(long Key, (long From, long To) Sequences, StoredDocument State, string? Text);
}
