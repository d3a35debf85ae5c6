using System.Buffers;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Tidemark.Agents;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;
using Tidemark.Mcp;

namespace Tidemark.Cli.Agents;

/// <summary>The tools of an index in the Model Context Protocol. The library knows the protocol and its versions, the tools the index.</summary>
/// <param name="tools">The tools.</param>
/// <param name="ask">Asks the index, whatever became of it meanwhile.</param>
/// <param name="log">Hears of each call; null: nobody does.</param>
internal sealed class AgentServer(AgentTools tools, Func<Func<TidemarkIndex, Task<AgentAnswer>>, Task<AgentAnswer>> ask, AgentLog? log)
    : IDisposable
{
    /// <summary>More questions at once only take longer.</summary>
    private const int MostAtOnce = 4;

    private readonly SemaphoreSlim _places = new(MostAtOnce, MostAtOnce);

    /// <summary>Until the input ends or it is cancelled.</summary>
    public async Task RunAsync(ITransport transport, CancellationToken cancellationToken)
    {
        await using var server = McpServer.Create(transport, Options());
        await server.RunAsync(cancellationToken);
    }

    public void Dispose() => _places.Dispose();

    private McpServerOptions Options() => AgentProtocol.Options(ProductVersion.Text, tools, async (tool, call, cancellationToken) =>
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            var answer = await ask(index => tool.CallAsync(index, call.Arguments, cancellationToken));
            log?.Answered(tool.Name, answer);
            return answer with { Json = Printed(answer.Json) };
        }
        finally
        {
            _places.Release();
        }
    });

    /// <summary>Whoever looks at what is spoken may do so on a terminal.</summary>
    private static ReadOnlyMemory<byte> Printed(ReadOnlyMemory<byte> json)
    {
        var printed = new ArrayBufferWriter<byte>(json.Length);
        JsonText.Write(json.Span, printed.Write);
        return printed.WrittenMemory;
    }
}
