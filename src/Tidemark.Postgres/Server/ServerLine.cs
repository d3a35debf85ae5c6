using System.Runtime.CompilerServices;
using Npgsql;

namespace Tidemark.Postgres.Server;

/// <summary>What is known of one connection's line while somebody waits for it (decision 35).</summary>
internal sealed class ServerLine
{
    private static readonly ConditionalWeakTable<NpgsqlConnection, ServerLine> Known = [];

    private long _progress;
    private CancellationToken _heard;
    private CancellationTokenSource? _cut;

    /// <summary>Null: a connection that nobody watches.</summary>
    public LineWatch? Watch { get; init; }

    /// <summary>When somebody took the connection; the server's session is older.</summary>
    public long Since { get; private init; }

    /// <summary>Given up: whoever uses it next would wait for an answer that does not come.</summary>
    public bool IsLost { get; set; }

    /// <summary>Somebody is waiting already, further up.</summary>
    public bool IsWatched { get; private set; }

    /// <summary>It is we who are busy, with something that has nothing to do with this server.</summary>
    public bool IsIdle { get; private set; }

    /// <summary>Grows whenever the server has answered or taken something.</summary>
    public long Progress => Volatile.Read(ref _progress);

    public static ServerLine Of(NpgsqlConnection connection) => Known.GetValue(connection, _ => new ServerLine());

    /// <param name="now">A timestamp of the watch's clock.</param>
    public static void Attach(NpgsqlConnection connection, LineWatch watch, long now) =>
        Known.AddOrUpdate(connection, new ServerLine { Watch = watch, Since = now });

    public void Advance() => Volatile.Write(ref _progress, _progress + 1);

    public void Begin(CancellationToken cancellationToken) => (IsWatched, _heard, _cut) = (true, cancellationToken, null);

    public void End() => (IsWatched, _cut) = (false, null);

    /// <summary>
    /// What the driver is to listen to instead. When it is cancelled it connects to the server to say so, and who calls waits meanwhile:
    /// that must not be whoever cancels, who has others to tell.
    /// </summary>
    public CancellationToken Heard(CancellationToken cancellationToken) =>
        IsWatched && cancellationToken.CanBeCanceled && cancellationToken == _heard
            ? (_cut ??= CutWith(cancellationToken)).Token
            : cancellationToken;

    public void Cut()
    {
        if (_cut is { } cut)
        {
            _ = Task.Run(cut.Cancel, CancellationToken.None);
        }
    }

    /// <summary>What cleans up after something that may have left the line dead.</summary>
    public async ValueTask WaitAsync(NpgsqlConnection connection, Func<ValueTask> work)
    {
        if (Watch is null)
        {
            await work().ConfigureAwait(false);
            return;
        }

        await Watch.WaitAsync(
            connection,
            async () =>
            {
                await work().ConfigureAwait(false);
                return true;
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Work of ours in the middle of what is watched.</summary>
    public async ValueTask<T> IdleAsync<T>(ValueTask<T> work)
    {
        IsIdle = true;
        try
        {
            return await work.ConfigureAwait(false);
        }
        finally
        {
            IsIdle = false;
            Advance();
        }
    }

    private static CancellationTokenSource CutWith(CancellationToken cancellationToken)
    {
        var cut = new CancellationTokenSource();
        if (cancellationToken.IsCancellationRequested)
        {
            cut.Cancel();
        }

        return cut;
    }
}
