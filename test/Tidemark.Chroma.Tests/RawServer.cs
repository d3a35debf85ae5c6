using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tidemark.Chroma.Tests;

/// <summary>Answers every request with the bytes that a test gives, over as long a time as it likes.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, IAsyncEnumerable<string>> _answer;
    private int _requests;

    /// <param name="answer">By the request's first line the pieces of its answer, head and all; the connection ends behind them.</param>
    public RawServer(Func<string, IAsyncEnumerable<string>> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Location => $"chroma:http://{_listener.LocalEndpoint}/handbook";

    public int Requests => _requests;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => AnswerAsync(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var held = client;
        try
        {
            var stream = client.GetStream();
            var buffer = new byte[64 * 1024];
            var read = await stream.ReadAsync(buffer);
            Interlocked.Increment(ref _requests);
            await foreach (var piece in _answer(Encoding.ASCII.GetString(buffer, 0, read).Split("\r\n")[0]))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(piece));
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The caller had enough.
        }
    }
}
