using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tidemark.Cli.Tests.EndToEnd.Serving;

/// <summary>Spreads connections over the servers that say that they are ready, as balancers do: it knows nothing of what is sent.</summary>
internal sealed class TcpBalancer : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<int, Uri> _servers = new();
    private readonly ConcurrentDictionary<Uri, bool> _ready = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly Task _work;
    private int _turn;

    public TcpBalancer()
    {
        _listener.Start(512);
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _work = Task.WhenAll(AcceptAsync(), LookAsync());
    }

    public string Address { get; }

    /// <summary>The server of a place; another one takes it when it is restarted.</summary>
    public void Set(int place, string address) => _servers[place] = new Uri(address);

    public bool IsReady(int place) => _ready.GetValueOrDefault(_servers[place]);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _work;
        _client.Dispose();
        _ended.Dispose();
    }

    private async Task LookAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            foreach (var server in _servers.Values)
            {
                _ready[server] = await IsReadyAsync(server);
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private async Task<bool> IsReadyAsync(Uri server)
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(server, "/health/ready"), _ended.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                _ = CarryAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It ends.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var own = client;
        try
        {
            using var server = await ConnectAsync();
            await Task.WhenAll(CopyAsync(client.Client, server.Client), CopyAsync(server.Client, client.Client));
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            // Whoever sent hears of it by the end of the connection.
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        while (true)
        {
            var ready = _servers.Values.Where(server => _ready.GetValueOrDefault(server)).ToArray();
            if (ready.Length == 0)
            {
                await Task.Delay(Pause, _ended.Token);
                continue;
            }

            var server = ready[(int)((uint)Interlocked.Increment(ref _turn) % ready.Length)];
            var connection = new TcpClient();
            try
            {
                await connection.ConnectAsync(server.Host, server.Port, _ended.Token);
                return connection;
            }
            catch (SocketException)
            {
                connection.Dispose();
                _ready[server] = false;
            }
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16_384];
        while (await from.ReceiveAsync(buffer, SocketFlags.None) is > 0 and var read)
        {
            for (var sent = 0; sent < read;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), SocketFlags.None);
            }
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
