using System.Globalization;
using System.Text;
using Npgsql;
using Tidemark.Documents;
using Tidemark.Postgres.Server;
using Tidemark.Records;

namespace Tidemark.Postgres.Care;

/// <summary>
/// Values that no store writes, and that nobody could read: times that there are none of, lists that are no JSON. What belongs to a live
/// document or a former state is told with its name; here are the others.
/// </summary>
internal sealed class ValueMender(NpgsqlConnection connection)
{
    private const string History = "document_history", Documents = "document";

    private static readonly (string Table, string Column, string Wrong, string Instead)[] Values =
    [
        .. StoredTimes.All.Where(time => time.Table != History).Select(time => (
            time.Table,
            time.Column,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{time.Column} not between {StoredValue.LeastTime} and {StoredValue.MostTime}"),
            time.Instead)),
        .. StoredCounts.All.Select(count => (
            count.Table,
            count.Column,
            string.Create(CultureInfo.InvariantCulture, $"{count.Column} not between 0 and {count.Most}"),
            "0")), // those of layouts are counted from their chunks afterwards
        ("namespace", "horizon", "horizon not between 0 and greatest(0, sequence)", "greatest(0, sequence)"),
    ];

    private const string RunRows = "select id, sources, report from run";

    private static readonly (string Column, string Instead, Func<NpgsqlDataReader, bool> IsSound)[] RunValues =
    [
        ("sources", "'[]'", run => StoredValue.IsNames(Encoding.UTF8.GetBytes(run.GetStoreText(1)))),
        ("report", "null", run => run.GetOptionalText(2) is not { } report || StoredValue.IsObject(report)),
    ];

    // Of an input that is none: nobody ever asks for it.
    private const string NamelessVectors = "from embedding where length(input) <> 32";

    public async Task FindAsync(DamageList damages, CancellationToken cancellationToken)
    {
        if (await connection.ScalarAsync<long>($"select count(*) {NamelessVectors}", cancellationToken).ConfigureAwait(false)
            is > 0 and var vectors)
        {
            damages.AddNamelessVectors(vectors);
        }

        foreach (var (table, column, wrong, _) in Values)
        {
            var which = table == Documents ? $" and {RowStates.NotLive}" : "";
            if (await connection.ScalarAsync<long>($"select count(*) from {table} where ({wrong}){which}", cancellationToken).ConfigureAwait(false)
                is > 0 and var found)
            {
                Add(table, column, found);
            }
        }

        foreach (var (column, _, runs) in await UnreadableRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            Add("run", column, runs.Length);
        }

        void Add(string table, string column, long found) =>
            damages.AddForeignValues(table, column, found);
    }

    /// <returns>The columns with what is unreadable in some runs, and the keys of these.</returns>
    private async Task<IReadOnlyList<(string Column, string Instead, long[] Runs)>> UnreadableRunsAsync(CancellationToken cancellationToken)
    {
        var runs = await connection.ListAsync(
            RunRows, row => (Id: row.GetInt64(0), AreSound: Array.ConvertAll(RunValues, value => value.IsSound(row))), cancellationToken).ConfigureAwait(false);
        return
        [
            .. RunValues.Select((value, i) => (value.Column, value.Instead, Runs: runs.Where(run => !run.AreSound[i]).Select(run => run.Id).ToArray()))
                .Where(value => value.Runs.Length > 0),
        ];
    }

    /// <returns>How many values were put right, or taken away.</returns>
    public async Task<long> MendAsync(CancellationToken cancellationToken)
    {
        var mended = (long)await connection.ExecuteAsync($"delete {NamelessVectors}", cancellationToken).ConfigureAwait(false);
        foreach (var (table, column, wrong, instead) in Values)
        {
            mended += await connection.ExecuteAsync($"update {table} set {column} = {instead} where {wrong}", cancellationToken)
                .ConfigureAwait(false);
        }

        foreach (var (column, instead, runs) in await UnreadableRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            mended += await connection.ExecuteAsync(
                $"update run set {column} = {instead} where id = any($1)", cancellationToken, Sql.Of(runs)).ConfigureAwait(false);
        }

        return mended;
    }
}
