using Npgsql;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>
/// What an external index has not got yet: what each change is, which its chunk tells, and changes that are gone, for which documents
/// would wait for ever.
/// </summary>
internal sealed class OutboxMender(NpgsqlConnection connection)
{
    private const string Wrong = RowStates.UnknownChange;

    private const string Waiting = $"""
        from unpublished u join chunk c on c.generation = u.generation and c.document = u.document and c.to_sequence is null
        where not exists (select 1 from outbox o where o.generation = u.generation and o.document = u.document and o.{RowStates.Put})
        """;

    private static readonly string[] Steps =
    [
        $"""
        update outbox set change = case when exists (
          select 1 from chunk c where c.key = outbox.chunk and c.from_sequence = outbox.opened and c.to_sequence is null) then {RowStates.PutNumber} else {RowStates.DeleteNumber} end
        where {Wrong}
        """,
        $"""
        insert into outbox (generation, document, chunk, opened, change, at)
        select c.generation, c.document, c.key, c.from_sequence, {RowStates.PutNumber}, ticks() {Waiting}
        on conflict (generation, chunk, opened) do update set position = nextval('outbox_position'), {RowStates.Put}, at = excluded.at
        """,
    ];

    public async Task FindAsync(DamageList damages, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync<long>($"select count(*) from outbox where {Wrong}", cancellationToken).ConfigureAwait(false)
            is > 0 and var found)
        {
            damages.AddForeignValues("outbox", "change", found);
        }

        if (await connection.ScalarAsync<long>($"select count(distinct u.document) {Waiting}", cancellationToken).ConfigureAwait(false)
            is > 0 and var waiting)
        {
            damages.AddWaitingForNothing(waiting);
        }
    }

    public async Task<long> MendAsync(CancellationToken cancellationToken)
    {
        var mended = 0L;
        foreach (var step in Steps)
        {
            mended += await connection.ExecuteAsync(step, cancellationToken).ConfigureAwait(false);
        }

        return mended;
    }
}
