using System.Net;
using System.Text;
using Tidemark.ProviderServer;

namespace Tidemark.Chroma.Tests;

/// <summary>Answers what a test says, in order; the last answer again and again.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Queue<(int Status, string Body)> _answers;
    private readonly Task _serving;

    public ScriptedServer(params (int Status, string Body)[] answers)
    {
        _answers = new Queue<(int, string)>(answers);
        _listener = LoopbackListener.Start(out var place);
        Location = $"chroma:{place}handbook";
        _serving = Task.Run(ServeAsync, CancellationToken.None);
    }

    public string Location { get; }

    /// <summary>Path and token of each request.</summary>
    public List<(string Path, string? Token)> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                Requests.Add((call.Request.Url!.AbsolutePath, call.Request.Headers["X-Chroma-Token"]));
                var (status, body) = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
                call.Response.StatusCode = status;
                await call.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                call.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
