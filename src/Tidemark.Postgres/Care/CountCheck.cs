using Npgsql;
using Tidemark.Postgres.Rows;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>Compares the counts that are kept with the rows that they count, and sets them.</summary>
internal sealed class CountCheck(NpgsqlConnection connection, long @namespace)
{
    private const string LiveRows = $"""
        from document d join namespace n on n.id = d.namespace
        join layout l on l.generation = n.generation and l.document = d.key
        where d.namespace = $1 and d.{RowStates.Live}
        """;

    private const string Chunks = "coalesce(sum(cardinality(l.chunks)), 0)::bigint";

    private const string Staged = $"(select count(*), {Chunks} from layout l where l.generation = g.id)";

    private const string OfNoOther = "generation not in (select id from generation where namespace <> $1)";

    private const string KeptBeside =
        $"select generation, source, chunks, tokens from source_count where {OfNoOther} and (chunks <> 0 or tokens <> 0)";

    private const string TokensBeside = "sum(least(l.tokens, 1::bigint << 53))::bigint";

    private const string CountedBeside = $"""
        select l.generation, d.source, {Chunks}, {TokensBeside}
        from generation g join layout l on l.generation = g.id join document d on d.key = l.document
        where g.namespace = $1 and g.{RowStates.Beside} group by l.generation, d.source having {Chunks} <> 0 or {TokensBeside} <> 0
        """;

    private const string Newest = """
        greatest((select coalesce(max(sequence), 0) from document where namespace = $1),
                 (select coalesce(max(sequence), 0) from commit_log where namespace = $1))
        """;

    private const string Open = "c.generation = (select generation from namespace where id = $1) and c.to_sequence is null";

    // As TokenEstimate has it. U+0001 in a text is written as two characters.
    private const string Estimate = "(octet_length(c.text) + 3) / 4";

    private const string WrongTokens = $"strpos(c.text, chr(1)) = 0 and c.tokens <> {Estimate}";

    private const string TokenRows = """
        from namespace n join layout l on l.generation = n.generation
        cross join lateral (select coalesce(sum(c.tokens), 0)::bigint as counted from unnest(l.chunks) u(key) join chunk c on c.key = u.key) w
        where n.id = $1 and l.tokens <> w.counted
        """;

    /// <summary>Whether a document of the index lacks its list of chunks, or a list its document: then the counts know what the rows do not.</summary>
    private const string Torn = $"""
        select exists (
          select 1 from document d join namespace n on n.id = d.namespace
          where d.namespace = $1 and d.{RowStates.Live}
            and not exists (select 1 from layout l where l.generation = n.generation and l.document = d.key))
        or exists (
          select 1 from namespace n join layout l on l.generation = n.generation
          where n.id = $1 and not exists (select 1 from document d where d.key = l.document and d.{RowStates.Live}))
        """;

    private static readonly (string What, bool OfDocuments, string Differing, string[] Settings)[] Counts =
    [
        ("chunks of documents", false,
         $"select count(*) {LiveRows} and d.chunks <> cardinality(l.chunks) and not exists (select 1 from recount where namespace = $1)",
         [$"update document set chunks = w.chunks from (select d.key, cardinality(l.chunks) as chunks {LiveRows} and d.chunks <> cardinality(l.chunks)) w where w.key = document.key"]),
        ("tokens of chunks", false,
         $"select count(*) from chunk c where {Open} and {WrongTokens}",
         [$"update chunk c set tokens = {Estimate} where {Open} and {WrongTokens}"]),
        ("tokens of documents", false,
         $"select count(*) {TokenRows}",
         [$"update layout set tokens = w.counted from (select l.generation, l.document, w.counted {TokenRows}) w where w.generation = layout.generation and w.document = layout.document"]),
        ("its generation", true,
         $"select count(*) from generation g join namespace n on n.generation = g.id where n.id = $1 and (g.documents, g.chunks) <> (select count(*), {Chunks} {LiveRows})",
         [$"update generation set (documents, chunks) = (select count(*), {Chunks} {LiveRows}) where id = (select generation from namespace where id = $1)"]),
        ("the generation beside it", false,
         $"select count(*) from generation g where g.namespace = $1 and g.{RowStates.Beside} and (g.documents, g.chunks) <> {Staged}",
         [$"update generation g set (documents, chunks) = {Staged} where g.namespace = $1 and g.{RowStates.Beside}"]),
        ("its sources", true,
         $"select count(*) from source s where s.namespace = $1 and (s.documents, s.chunks, s.tokens) <> (select count(*), {Chunks}, coalesce(sum(least(l.tokens, 1::bigint << 53)), 0)::bigint {LiveRows} and d.source = s.id)",
         [$"update source set (documents, chunks, tokens) = (select count(*), {Chunks}, coalesce(sum(least(l.tokens, 1::bigint << 53)), 0)::bigint {LiveRows} and d.source = source.id) where namespace = $1"]),
        ("its sources in the generation beside it", false,
         $"select (select count(*) from ({KeptBeside} except {CountedBeside}) w) + (select count(*) from ({CountedBeside} except {KeptBeside}) w)",
         [
             $"delete from source_count where {OfNoOther}",
             $"insert into source_count (generation, source, chunks, tokens) {CountedBeside}",
         ]),
        ("its last commit", false,
         $"select count(*) from namespace where id = $1 and sequence < {Newest}",
         [$"update namespace set sequence = {Newest} where id = $1"]),
    ];

    public async Task FindAsync(DamageList damages, CancellationToken cancellationToken)
    {
        var isTorn = await connection.ScalarAsync<bool>(Torn, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
        foreach (var (what, ofDocuments, differing, _) in Counts)
        {
            if (await connection.ScalarAsync<long>(differing, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false) > 0)
            {
                damages.AddWrongCount(what, isTorn && ofDocuments);
            }
        }

        if ((await GoneCount.FindAsync(connection, @namespace, cancellationToken).ConfigureAwait(false))?.Damage is { } gone)
        {
            damages.Add("the namespace", gone.What, gone.Kind);
        }
    }

    /// <summary>What is missing is told by the counts of documents as long as it is, so those are not set to what is left.</summary>
    /// <param name="lost">Takes what nothing brings back.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many counts were set.</returns>
    public async Task<long> MendAsync(DamageList lost, CancellationToken cancellationToken)
    {
        var mended = await MendGoneAsync(lost, cancellationToken).ConfigureAwait(false);
        var isTorn = await connection.ScalarAsync<bool>(Torn, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
        foreach (var (_, ofDocuments, differing, settings) in Counts)
        {
            if ((isTorn && ofDocuments)
                || await connection.ScalarAsync<long>(differing, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false) == 0)
            {
                continue;
            }

            foreach (var setting in settings)
            {
                await connection.ExecuteAsync(setting, cancellationToken, Sql.Of(@namespace)).ConfigureAwait(false);
            }

            mended++;
        }

        return mended;
    }

    private async Task<long> MendGoneAsync(DamageList lost, CancellationToken cancellationToken)
    {
        var damage = (await GoneCount.FindAsync(connection, @namespace, cancellationToken).ConfigureAwait(false))?.Damage;
        if (damage is { Kind: DamageKind.Memory } gone)
        {
            lost.Add("the namespace", gone.What, gone.Kind);
        }

        await GoneCount.SettleAsync(connection, @namespace, cancellationToken).ConfigureAwait(false);
        return damage is null ? 0 : 1;
    }
}
