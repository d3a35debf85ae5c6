using System.Text;
using Npgsql;
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
    private const string StateRows = $"""
        select {FormerStates.Columns} where (d.namespace = $1 or d.key is null) and h.key > $2 order by h.key limit 500
        """;

    private const string Repartition = "update document_history set is_partition = not is_partition where key = $1";

    // What is known of the document from then on; of one that was listed again since, nobody knows, and it counts as removed.
    private const string TellEnd = $"""
        update document_history set ended = coalesce(
          (select case when d.{RowStates.Live} then {RowStates.EndSupersededNumber} else d.state end from document d
           where d.key = document_history.document and d.sequence = document_history.to_sequence),
          case when exists (select 1 from document_history h
                            where h.document = document_history.document and h.from_sequence = document_history.to_sequence) then {RowStates.EndSupersededNumber} else {RowStates.EndRemovedNumber} end)
        where key = $1
        """;

    // As of a commit at which it was valid, something is missing now.
    private const string Drop = """
        with gone as (delete from document_history where key = $1 returning document, to_sequence)
        update namespace n set horizon = greatest(n.horizon, least(n.sequence, g.to_sequence))
        from gone g join document d on d.key = g.document where n.id = d.namespace
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
        foreach (var (_, _, damage) in await DamagedStatesAsync(cancellationToken).ConfigureAwait(false))
        {
            damages.Add(damage.Item, damage.What, damage.Kind);
        }

        var chunks = await DamagedChunksAsync(cancellationToken).ConfigureAwait(false);
        damages.AddFormerChunks(chunks.Count);
        var vectors = await DamagedVectorsAsync(cancellationToken).ConfigureAwait(false);
        damages.AddFormerVectors(vectors.Count);
    }

    /// <param name="lost">Takes what was dropped.</param>
    /// <returns>How many rows were put right, or taken away.</returns>
    public async Task<long> MendAsync(DamageList lost, CancellationToken cancellationToken)
    {
        var states = await DamagedStatesAsync(cancellationToken).ConfigureAwait(false);
        foreach (var (key, what, damage) in states)
        {
            var statement = what switch
            {
                StoredDocument.WrongPartition => Repartition,
                StoredDocument.WrongEnd => TellEnd,
                _ => Drop,
            };
            await connection.ExecuteAsync(statement, cancellationToken, Sql.Of(key)).ConfigureAwait(false);
            if (damage.Kind == DamageKind.Past)
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

    private async Task<List<(long Key, string What, RecordDamage Damage)>> DamagedStatesAsync(CancellationToken cancellationToken)
    {
        var damaged = new List<(long, string, RecordDamage)>();
        for (var after = long.MinValue; ;)
        {
            var page = await FormerStates.ListAsync(connection, StateRows, cancellationToken, Sql.Of(@namespace), Sql.Of(after)).ConfigureAwait(false);
            if (page.Count == 0)
            {
                return damaged;
            }

            damaged.AddRange(
                from state in page
                let what = state.Damage
                where what is not null
                select (state.Key, what, StoredDocument.FormerDamage(state.Document.Id, state.Sequences, what)));
            after = page[^1].Key;
        }
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
}
