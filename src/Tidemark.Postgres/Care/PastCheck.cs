using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>
/// Compares commits, runs and former states with what names them. What is lost of them cannot come back: a repair notes the gap, so
/// that it is said once, and what was left of a lost state goes.
/// </summary>
internal sealed class PastCheck(NpgsqlConnection connection, long @namespace)
{
    private const string LiveRows = $"""
        from document d join namespace n on n.id = d.namespace
        join layout l on l.generation = n.generation and l.document = d.key
        where d.namespace = $1 and d.{RowStates.Live} and l.sequence <> d.sequence
        """;

    private const string Logged = "(select c.sequence from commit_log c where c.namespace = $1)";

    // Each with the run that made it, as far as that is known.
    private const string LostCommits = $"""
        from (
          select d.sequence as sequence, d.run as run from document d where d.namespace = $1 and d.{RowStates.Live}
          union all select h.from_sequence, h.run from document_history h join document d on d.key = h.document where d.namespace = $1
          union all select h.to_sequence, 0 from document_history h join document d on d.key = h.document where d.namespace = $1) named
        where sequence between 1 and (select sequence from namespace where id = $1) and sequence not in {Logged}
        """;

    private const string LostRuns = """
        from commit_log c where c.namespace = $1 and c.run > 0 and not exists (select 1 from run r where r.id = c.run)
        """;

    private const string StatelessChunks = """
        from chunk where to_sequence is not null and generation = (select generation from namespace where id = $1)
          and not exists (select 1 from document_history h where h.document = chunk.document and h.to_sequence = chunk.to_sequence)
        """;

    // As of a commit at which they were valid, something is missing now.
    private const string MoveHorizon = $"""
        update namespace n set horizon = least(n.sequence, lost.until) from (select max(to_sequence) as until {StatelessChunks}) lost
        where n.id = $1 and n.horizon < least(n.sequence, lost.until) and lost.until is not null
        """;

    // Open chunks that no list names and a former state does: that tells when they were closed.
    private const string CloseAgain = $"""
        update chunk set to_sequence = h.closed from (
          select u.key, max(h.to_sequence) as closed from document_history h join document d on d.key = h.document and d.namespace = $1
          cross join lateral unnest(h.chunks) u(key) group by u.key) h
        where chunk.key = h.key and {UnnamedChunks.Condition}
        """;

    // Chunks that outlive the last state that names them: of the states behind that one nothing is left.
    private const string Shorten = $"""
        with stateless as (select key, document {StatelessChunks})
        update chunk set to_sequence = h.closed from (
          select s.key, max(h.to_sequence) as closed from stateless s join document_history h on h.document = s.document and s.key = any(h.chunks)
          group by s.key) h
        where chunk.key = h.key
        """;

    private static readonly (string What, string Counting, string[] Mending)[] Checks =
    [
        // One number is altered: the sum tells which one could be, and what it was.
        ("commits that are not as they were logged (what their sums still tell is put right)", $"select count(*) from commit_log where namespace = $1 and {CommitTotals.IsAltered}",
        [
            $"update commit_log set sequence = total::numeric - run - at where namespace = $1 and {CommitTotals.IsAltered} and total::numeric - run - at between 1 and (select n.sequence from namespace n where n.id = $1) and total::numeric - run - at not in {Logged}",
            $"update commit_log set at = total::numeric - run - sequence where namespace = $1 and {CommitTotals.IsAltered} and exists (select 1 from run r where r.id = commit_log.run and r.namespace = $1 and total::numeric - run - sequence between r.started_at and coalesce(r.finished_at, total::numeric - run - sequence))",
            $"update commit_log set run = total::numeric - at - sequence where namespace = $1 and {CommitTotals.IsAltered} and exists (select 1 from run r where r.id = total::numeric - at - sequence and r.namespace = $1)",
            $"update commit_log set run = 0 where namespace = $1 and {CommitTotals.IsAltered} and not exists (select 1 from run r where r.id = commit_log.run)",
            $"update commit_log set total = sequence + run + at where namespace = $1 and {CommitTotals.IsAltered}",
        ]),
        ("documents with another sequence than their lists of chunks", $"select count(*) {LiveRows}",
        [
            $"update document d set sequence = l.sequence from layout l, namespace n where n.id = $1 and l.generation = n.generation and l.document = d.key and d.{RowStates.Live} and d.namespace = $1 and d.sequence <> l.sequence and d.sequence not in {Logged}",
            $"update layout l set sequence = d.sequence from document d, namespace n where n.id = $1 and l.generation = n.generation and l.document = d.key and d.{RowStates.Live} and d.namespace = $1 and d.sequence <> l.sequence",
        ]),
        ("commits that are not in the log (what is known of their time is put there)", $"select count(distinct sequence) {LostCommits}",
        [
            $"""
            insert into commit_log (namespace, sequence, run, at, total)
            select $1, sequence, run, at, sequence + run + at from (
              select sequence, run, coalesce(
                (select r.started_at from run r where r.id = lost.run), (select max(c.at) from commit_log c where c.namespace = $1), 0) as at
              from (select sequence, max(run) as run {LostCommits} group by sequence) lost) dated on conflict do nothing
            """,
        ]),
        ("runs that are gone (a repair notes that they were)", $"select count(distinct c.run) {LostRuns}",
        [
            $"""
            insert into run (id, namespace, command, sources, started_at, finished_at, outcome) overriding system value
            select c.run, $1, 'lost', '[]', min(c.at), max(c.at), 5 {LostRuns} group by c.run on conflict do nothing
            """,
        ]),
        ("chunks that are left of former states that are gone (a repair removes them)", $"select count(*) {StatelessChunks}", [$"delete {StatelessChunks}"]),
    ];

    public async Task FindAsync(DamageList damages, CancellationToken cancellationToken)
    {
        foreach (var (what, counting, _) in Checks)
        {
            if (await connection.ScalarAsync<long>(counting, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false) is > 0 and var found)
            {
                damages.Add("the namespace", $"{what}: {found}", DamageKind.Derivable);
            }
        }
    }

    /// <param name="lost">Takes what is gone for good.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<long> MendAsync(DamageList lost, CancellationToken cancellationToken)
    {
        var mended = (long)await connection.ExecuteAsync(CloseAgain, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
        mended += await connection.ExecuteAsync(Shorten, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
        if (await connection.ExecuteAsync(MoveHorizon, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false) > 0)
        {
            lost.Add("the namespace", StoredDocument.LostStates, DamageKind.Past);
        }

        foreach (var (_, counting, mending) in Checks)
        {
            if (await connection.ScalarAsync<long>(counting, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false) == 0)
            {
                continue;
            }

            foreach (var sql in mending)
            {
                mended += await connection.ExecuteAsync(sql, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
            }
        }

        return mended;
    }
}
