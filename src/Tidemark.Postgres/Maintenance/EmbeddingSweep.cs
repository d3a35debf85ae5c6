using Npgsql;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Maintenance;

/// <summary>
/// Removes embeddings that no chunk needs. Whoever is about to need one that is old holds its row (<see cref="Applying.VectorRows"/>), and it
/// is passed over; what was removed just before is put back by who needs it. Young ones, which nobody holds, go only while nobody else is at
/// work in the store.
/// </summary>
internal sealed class EmbeddingSweep(SweepTurns turns, DateTimeOffset before, DateTimeOffset now)
{
    /// <summary>Twice what <see cref="Applying.VectorRows"/> takes for old: clocks differ.</summary>
    private static readonly TimeSpan Youth = TimeSpan.FromHours(1);

    // By a time that is over, be it noted by a clock that was ahead.
    private const string Old = $"""
        select e.space, e.input from embedding e
        where (e.stored_at < $1 or (e.stored_at > $2 and ({TimesAhead.OfEmbedding}) < $1)) and e.input <> $3
        """;

    private const string Lock = """
        select e.space, e.input, e.stored_at >= $3 from embedding e
        join unnest($1::bigint[], $2::bytea[]) u(space, input) on e.space = u.space and e.input = u.input for update of e skip locked
        """;

    private const string Remove = $"""
        with gone as (
          delete from embedding e using unnest($1::bigint[], $2::bytea[]) u(space, input) where e.space = u.space and e.input = u.input
          returning {GarbageSizes.OfEmbedding} as size)
        select count(*), coalesce(sum(size), 0)::bigint from gone
        """;

    private readonly NeededInputs _needed = new(turns.Database);

    public async Task<(long Count, long Bytes)> RunAsync(CancellationToken cancellationToken)
    {
        await _needed.ReadAsync(cancellationToken).ConfigureAwait(false);
        var total = (Count: 0L, Bytes: 0L);
        await foreach (var page in turns.PagesAsync(
            Old,
            row => (Space: row.GetInt64(0), Input: row.GetHash(1)),
            joined: null,
            cancellationToken,
            Sql.Of(before.ToStored()),
            Sql.Of(now.ToStored()),
            Sql.Of(CanaryInput.Hash.ToArray())).ConfigureAwait(false))
        {
            await _needed.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            var unneeded = page.Where(row => !_needed.Contains(row.Space, row.Input)).ToList();
            if (unneeded.Count > 0)
            {
                var (count, bytes) = await turns.InStoreAsync(
                    connection => RemoveAsync(connection, unneeded, cancellationToken), cancellationToken).ConfigureAwait(false);
                total = (total.Count + count, total.Bytes + bytes);
            }
        }

        return total;
    }

    private async Task<(long Count, long Bytes)> RemoveAsync(
        NpgsqlConnection connection, List<(long Space, ContentHash Input)> unneeded, CancellationToken cancellationToken)
    {
        var held = await connection.ListAsync(
            Lock,
            row => (Space: row.GetInt64(0), Input: row.GetHash(1), IsYoung: row.GetBoolean(2)),
            cancellationToken,
            [.. KeysOf(unneeded), Sql.Of((now - Youth).ToStored())]).ConfigureAwait(false);
        var takesYoung = held.Exists(row => row.IsYoung) && await turns.IsAloneAsync(connection, cancellationToken).ConfigureAwait(false);

        // Behind the locks: what was committed with them before is seen now, and nobody comes to need them who does not find them gone.
        await _needed.AddNewAsync(connection, cancellationToken).ConfigureAwait(false);
        var gone = held.Where(row => (takesYoung || !row.IsYoung) && !_needed.Contains(row.Space, row.Input))
            .Select(row => (row.Space, row.Input)).ToList();
        return (await connection.ListAsync(
            Remove, row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken, KeysOf(gone)).ConfigureAwait(false))[0];
    }

    private static NpgsqlParameter[] KeysOf(List<(long Space, ContentHash Input)> rows) =>
    [
        Sql.Of([.. rows.Select(row => row.Space)]),
        Sql.Of(rows.Select(row => (byte[]?)row.Input.ToArray()).ToArray()),
    ];
}
