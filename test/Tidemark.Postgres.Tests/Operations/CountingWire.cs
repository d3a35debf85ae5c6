using System.Net;
using System.Net.Sockets;

namespace Tidemark.Postgres.Tests.Operations;

/// <summary>Lies between a program and the server, and counts how often the one waits for the other.</summary>
internal sealed class CountingWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private int _roundTrips;
    private int _connections;

    public CountingWire(string url)
    {
        var address = new Uri(url);
        (_host, _port) = (address.Host, address.Port);
        _listener.Start();
        Url = new UriBuilder(address) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri.ToString();
        _accepting = AcceptAsync();
    }

    /// <summary>Of the same store, by way of here.</summary>
    public string Url { get; }

    /// <summary>How often something was sent behind an answer, or first.</summary>
    public int RoundTrips => Volatile.Read(ref _roundTrips);

    /// <summary>Over which anything was said: the driver begins some that it gives up at once, where it would rather have Kerberos.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_end.Token);
            _ = RelayAsync(client);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var ours = client;
        using var server = new TcpClient();
        await server.ConnectAsync(_host, _port, _end.Token);
        var (isWaiting, isUsed) = (false, false);
        var there = PumpAsync(ours.GetStream(), server.GetStream(), bytes =>
        {
            if (!isUsed)
            {
                isUsed = true;
                Interlocked.Increment(ref _connections);
            }

            const byte Terminate = (byte)'X'; // nobody waits for an answer to that
            if (!Volatile.Read(ref isWaiting) && !(bytes.Length == 5 && bytes.Span[0] == Terminate))
            {
                Volatile.Write(ref isWaiting, true);
                Interlocked.Increment(ref _roundTrips);
            }
        });
        var back = PumpAsync(server.GetStream(), ours.GetStream(), _ => Volatile.Write(ref isWaiting, false));
        await Task.WhenAny(there, back);
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Action<ReadOnlyMemory<byte>> seen)
    {
        var buffer = new byte[1 << 16];
        int count;
        while ((count = await from.ReadAsync(buffer, _end.Token)) > 0)
        {
            seen(buffer.AsMemory(0, count));
            await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }
}
