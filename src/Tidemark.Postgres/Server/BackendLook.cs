using Npgsql;

namespace Tidemark.Postgres.Server;

/// <summary>Asks the server over a connection of its own what another session does.</summary>
internal sealed class BackendLook(NpgsqlDataSource connections, TimeProvider clock)
{
    private const string State = """
        select pg_backend_pid(), a.pid is not null, a.state, a.wait_event_type
        from (values (1)) one left join pg_stat_activity a on a.pid = $1
        """;

    private const string End = """
        select pg_terminate_backend(pid) from pg_stat_activity
        where pid = $1 and backend_start <= clock_timestamp() - make_interval(secs => $2) and datname = current_database()
          and usename = current_user and application_name = current_setting('application_name')
        """;

    /// <param name="process">As the server numbered it when that session began.</param>
    /// <param name="most">How long to wait for the answer.</param>
    public Task<LineSign> AskAsync(int process, TimeSpan most) => WithinAsync(
        async cancellationToken =>
        {
            var connection = await connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var held = connection.ConfigureAwait(false);
            var told = connection.ProcessID;
            var found = await connection.ListAsync(
                State,
                row => Judge((told, row.GetInt32(0)), row.GetBoolean(1), row.GetOptionalText(2), row.GetOptionalText(3)),
                cancellationToken,
                Sql.Of(process)).ConfigureAwait(false);
            return found[0];
        },
        most);

    /// <summary>
    /// Ends a session that waits for us and will not hear from us again: others, we among them, would wait for its locks until the server
    /// notices. Nothing is told where that cannot be done.
    /// </summary>
    /// <param name="process">As in <see cref="AskAsync"/>.</param>
    /// <param name="age">The session is older; the number of one that is gone may be another's by now.</param>
    /// <param name="most">How long to wait for the answer.</param>
    public Task EndAsync(int process, TimeSpan age, TimeSpan most) => WithinAsync(
        async cancellationToken =>
        {
            var connection = await connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var held = connection.ConfigureAwait(false);
            await connection.ExecuteAsync(End, cancellationToken, Sql.Of(process), Sql.Of(age.TotalSeconds)).ConfigureAwait(false);
            return LineSign.Silent;
        },
        most);

    /// <param name="ours">The asking session, as the driver was told.</param>
    /// <param name="isKnown">Whether the server knows the session that is asked for.</param>
    /// <param name="state">Of that session, as <c>pg_stat_activity</c> tells it.</param>
    /// <param name="waitsFor">The type of event that it waits for.</param>
    public static LineSign Judge((int Told, int True) ours, bool isKnown, string? state, string? waitsFor) => state switch
    {
        _ when ours.Told != ours.True => LineSign.Unknown,
        _ when !isKnown => LineSign.Silent,
        null or "disabled" => LineSign.Unknown,
        "active" when waitsFor != "Client" => LineSign.Works,
        _ => LineSign.WaitsForUs,
    };

    private async Task<LineSign> WithinAsync(Func<CancellationToken, Task<LineSign>> ask, TimeSpan most)
    {
        var limit = new CancellationTokenSource();
        var asked = ask(limit.Token);
        try
        {
            return await asked.WaitAsync(most, clock, CancellationToken.None).ConfigureAwait(false);
        }
        catch (PostgresException)
        {
            return LineSign.Unknown; // it is there, but lets nobody else in now: all its connections are taken
        }
        catch (Exception)
        {
            // Whatever it is: there is no answer. A driver that still waits must not keep us.
            _ = asked.ContinueWith(late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            _ = Task.Run(limit.Cancel, CancellationToken.None).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return LineSign.Silent;
        }
    }
}
