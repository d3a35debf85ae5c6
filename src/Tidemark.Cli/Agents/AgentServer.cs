using System.Buffers;
using System.Text;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Tidemark.Agents;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;

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

    private McpServerOptions Options() => new()
    {
        ServerInfo = new Implementation
        {
            Name = "tidemark",
            Title = "Tidemark",
            Version = ProductVersion.Text,
            Description = "Searches and reads an index of documents that is kept in step with their sources.",
        },
        ServerInstructions = AgentTools.Instructions,
        Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. tools.All.Select(Describe)] }),
            CallToolHandler = (request, cancellationToken) => CallAsync(request.Params, cancellationToken),
        },
    };

    private static Tool Describe(AgentTool tool) => new()
    {
        Name = tool.Name,
        Title = tool.Title,
        Description = tool.Description,
        InputSchema = tool.InputSchema,
        OutputSchema = tool.OutputSchema,
        Annotations = new ToolAnnotations
        {
            Title = tool.Title,
            ReadOnlyHint = true,
            DestructiveHint = false,
            IdempotentHint = true,
            OpenWorldHint = false,
        },
    };

    private async ValueTask<CallToolResult> CallAsync(CallToolRequestParams? call, CancellationToken cancellationToken)
    {
        var tool = tools.Find(call?.Name ?? "") ?? throw new McpProtocolException(
            $"there is no tool '{call?.Name}'; there are {string.Join(", ", tools.All.Select(one => $"'{one.Name}'"))}", McpErrorCode.InvalidParams);
        await _places.WaitAsync(cancellationToken);
        try
        {
            var answer = await ask(index => tool.CallAsync(index, call!.Arguments, cancellationToken));
            log?.Answered(tool.Name, answer);
            return ResultOf(answer);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>An error has no structured content: it would not be of the shape that the tool promises.</summary>
    private static CallToolResult ResultOf(AgentAnswer answer)
    {
        var text = new ArrayBufferWriter<byte>(answer.Json.Length);
        JsonText.Write(answer.Json.Span, text.Write);
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = Encoding.UTF8.GetString(text.WrittenSpan) }],
            StructuredContent = answer.IsError ? null : JsonDocument.Parse(answer.Json).RootElement,
            IsError = answer.IsError ? true : null,
        };
    }
}
