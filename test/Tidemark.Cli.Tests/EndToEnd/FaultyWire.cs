using System.Net;
using System.Net.Sockets;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>A TCP proxy that passes bytes on until a test makes it bad.</summary>
internal sealed class FaultyWire : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _target;
    private readonly Lock _gate = new();
    private readonly List<TcpClient> _open = [];
    private readonly CancellationTokenSource _over = new();
    private long _passed;
    private int _pieces;
    private int _held;
    private bool _isAfter;

    public FaultyWire(string host, int port)
    {
        _target = new IPEndPoint(IPAddress.Parse(host), port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes from the server that have come by so far.</summary>
    public long Passed => Interlocked.Read(ref _passed);

    /// <summary>Pieces that they came in.</summary>
    public int Pieces => Volatile.Read(ref _pieces);

    /// <summary>Pieces that wait, or have waited, before they are passed on.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>After so many pieces from the server a connection answers one of rubbish and ends; null: never.</summary>
    public int? RubbishAfter { get; set; }

    /// <summary>Waits before each piece.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Connections end after so many bytes from the server, counted over all; null: never.</summary>
    public long? DropAfter { get; set; }

    /// <summary>What the client says when a connection goes dead: it is kept open, and nothing passes it any more; null: none does.</summary>
    public string? DeadAt { get; set; }

    /// <summary>What the client has said before.</summary>
    public string DeadOnlyAfter { get; set; } = "";

    /// <summary>Bytes of the client that are still passed on after that.</summary>
    public int DeadAfter { get; set; }

    /// <summary>What the client is told last.</summary>
    public byte[] LastWords { get; set; } = [];

    /// <summary>Whether all others are dead from then on, too.</summary>
    public bool IsDeadForAll { get; set; }

    /// <summary>Whether one is dead by now.</summary>
    public bool IsDead { get; private set; }

    public void Dispose()
    {
        _over.Cancel();
        _listener.Dispose();
        Drop();
    }

    private void Drop()
    {
        lock (_gate)
        {
            _open.ForEach(client => client.Dispose());
            _open.Clear();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => PassAsync(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var held = client;
        if (IsDead && IsDeadForAll)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        lock (_gate)
        {
            _open.AddRange([client, server]);
        }

        try
        {
            await server.ConnectAsync(_target);
            var life = new Life();
            await Task.WhenAny(
                PassAsync(client.GetStream(), server.GetStream(), life, fromServer: false),
                PassAsync(server.GetStream(), client.GetStream(), life, fromServer: true));
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or InvalidOperationException
            or OperationCanceledException)
        {
            // One side has gone, or was dropped.
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, Life life, bool fromServer)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer)) > 0)
        {
            var piece = buffer[..read];
            if (life.IsOver || (IsDead && IsDeadForAll) || (!fromServer && EndsWith(life, piece)))
            {
                life.IsOver = true;
                if (!fromServer && !IsDead)
                {
                    IsDead = true;
                    await from.WriteAsync(LastWords);
                }

                await Task.Delay(Timeout.InfiniteTimeSpan, _over.Token);
            }

            if (fromServer)
            {
                Interlocked.Increment(ref _held);
                await Task.Delay(Delay);
                if (Interlocked.Increment(ref _pieces) > RubbishAfter)
                {
                    new Random(read).NextBytes(piece);
                    await to.WriteAsync(piece);
                    await Task.Delay(TimeSpan.FromMilliseconds(200));
                    return;
                }

                if (Interlocked.Add(ref _passed, read) > DropAfter)
                {
                    Drop();
                    return;
                }
            }

            await to.WriteAsync(piece);
        }
    }

    private bool EndsWith(Life life, byte[] piece)
    {
        if (DeadAt is null || IsDead)
        {
            return false;
        }

        var said = System.Text.Encoding.Latin1.GetString(piece);
        _isAfter = _isAfter || said.Contains(DeadOnlyAfter, StringComparison.OrdinalIgnoreCase);
        life.IsNear = life.IsNear || (_isAfter && said.Contains(DeadAt, StringComparison.OrdinalIgnoreCase));
        return life.IsNear && (life.Passed += piece.Length) > DeadAfter;
    }

    /// <summary>Of one connection.</summary>
    private sealed class Life
    {
        public bool IsNear { get; set; }

        public bool IsOver { get; set; }

        public int Passed { get; set; }
    }
}
