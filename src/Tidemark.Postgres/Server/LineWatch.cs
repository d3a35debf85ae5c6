using Npgsql;

namespace Tidemark.Postgres.Server;

/// <summary>
/// Waits for a server, but not for one that is not there any more: a proxy may keep a connection open on which nothing arrives,
/// and the driver would wait for ever. A statement may take hours as long as the server says that it works on it
/// (decision 35).
/// </summary>
/// <param name="look">Asks the server, over another connection.</param>
/// <param name="clock">Waits are its.</param>
/// <param name="stop">Whoever uses the store was told to end: nothing is waited for that does not move.</param>
internal sealed class LineWatch(BackendLook look, TimeProvider clock, CancellationToken stop)
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortAnswerTime = TimeSpan.FromSeconds(1);

    /// <summary>The server could not be asked when a line was given up; others need not find that out for themselves.</summary>
    private volatile bool _isDeaf;

    /// <exception cref="NpgsqlException">The line is given up, with whatever was under way on it.</exception>
    public async ValueTask<T> WaitAsync<T>(NpgsqlConnection connection, Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var line = ServerLine.Of(connection);
        if (line.IsLost)
        {
            throw Lost();
        }

        if (line.IsWatched)
        {
            return await work().ConfigureAwait(false);
        }

        line.Begin(cancellationToken);
        try
        {
            var running = work();
            return running.IsCompleted
                ? await running.ConfigureAwait(false)
                : await WaitAsync(connection, line, running.AsTask(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!line.IsLost)
            {
                line.End();
            }
        }
    }

    /// <summary>
    /// While the driver agrees with the server on how to talk it hears no cancellation, only its time limit; somebody who was told to
    /// stop does not wait for that.
    /// </summary>
    public async Task<NpgsqlConnection> OpenAsync(Task<NpgsqlConnection> opening, CancellationToken cancellationToken)
    {
        var hears = cancellationToken.CanBeCanceled ? cancellationToken : stop;
        await ((Task)opening).WaitAsync(hears).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!opening.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            await ((Task)opening).WaitAsync(ShortAnswerTime, clock, CancellationToken.None)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (opening.IsCompleted)
        {
            return await opening.ConfigureAwait(false);
        }

        _ = opening.ContinueWith(
            late => late.Result.Dispose(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        throw new NpgsqlException("the server did not answer at once, and the program was told to stop");
    }

    private async Task<T> WaitAsync<T>(NpgsqlConnection connection, ServerLine line, Task<T> running, CancellationToken cancellationToken)
    {
        var judge = default(LineJudge);
        var hears = cancellationToken.CanBeCanceled ? cancellationToken : stop;
        while (true)
        {
            var isStopping = cancellationToken.IsCancellationRequested || stop.IsCancellationRequested;
            var isHasty = isStopping || _isDeaf;
            var before = line.Progress;
            var waiting = isHasty
                ? ((Task)running).WaitAsync(LineJudge.ShortPatience, clock, CancellationToken.None)
                : ((Task)running).WaitAsync(LineJudge.Patience, clock, hears);
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (running.IsCompleted)
            {
                _isDeaf = _isDeaf && !running.IsCompletedSuccessfully;
                return await running.ConfigureAwait(false);
            }

            if (!isStopping && hears.IsCancellationRequested)
            {
                line.Cut();
                continue;
            }

            var sign = line.Progress != before || line.IsIdle
                ? LineSign.Works
                : await look.AskAsync(ProcessOf(connection), isStopping ? ShortAnswerTime : AnswerTime).ConfigureAwait(false);
            _isDeaf = _isDeaf && sign == LineSign.Silent;
            judge = judge.After(line.Progress == before ? sign : LineSign.Works);
            if (judge.IsLost(isHasty) && !running.IsCompleted)
            {
                var process = ProcessOf(connection);
                Abandon(connection, line, running);
                _isDeaf = sign == LineSign.Silent;
                if (sign == LineSign.WaitsForUs)
                {
                    await look.EndAsync(process, clock.GetElapsedTime(line.Since), ShortAnswerTime).ConfigureAwait(false);
                }

                cancellationToken.ThrowIfCancellationRequested();
                throw Lost();
            }
        }
    }

    private static int ProcessOf(NpgsqlConnection connection)
    {
        try
        {
            return connection.ProcessID;
        }
        catch (InvalidOperationException)
        {
            return 0; // it is broken, and whoever uses it is about to notice
        }
    }

    /// <summary>Whoever hangs in the driver hangs on, until the driver notices, or the process ends.</summary>
    private static void Abandon(NpgsqlConnection connection, ServerLine line, Task running)
    {
        line.IsLost = true;
        line.Cut();
        connection.Abandon();
        _ = running.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                connection.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    private static NpgsqlException Lost() => new(
        "nothing that makes sense comes from the server any more, and it is not working on what was asked");
}
