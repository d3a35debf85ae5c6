using System.Text;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Tidemark.Agents;

namespace Tidemark.Mcp;

/// <summary>
/// The tools of an index as the Model Context Protocol has them. The SDK knows the protocol and its versions, the tools know the index.
/// Source: the specifications 2025-11-25 and 2026-07-28.
/// </summary>
public static class AgentProtocol
{
    /// <summary>Options of a server that has these tools and nothing else.</summary>
    /// <param name="version">Of the program that serves.</param>
    /// <param name="tools">The tools.</param>
    /// <param name="call">Calls one; what fails is an answer as well.</param>
    public static McpServerOptions Options(
        string version, AgentTools tools, Func<AgentTool, CallToolRequestParams, CancellationToken, Task<AgentAnswer>> call)
    {
        var options = new McpServerOptions();
        Configure(options, version, tools, (tool, request, _, cancellationToken) => call(tool, request, cancellationToken));
        return options;
    }

    /// <summary>The same for options that a host made.</summary>
    /// <param name="options">Get it.</param>
    /// <param name="version">Of the program that serves.</param>
    /// <param name="tools">The tools.</param>
    /// <param name="call">Calls one for a server of the SDK, whose services say in which request it is.</param>
    public static void Configure(
        McpServerOptions options,
        string version,
        AgentTools tools,
        Func<AgentTool, CallToolRequestParams, IServiceProvider?, CancellationToken, Task<AgentAnswer>> call)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(call);
        options.ServerInfo = new Implementation
        {
            Name = "tidemark",
            Title = "Tidemark",
            Version = version,
            Description = "Searches and reads an index of documents that is kept in step with their sources.",
        };
        options.ServerInstructions = AgentTools.Instructions;
        options.Capabilities = new ServerCapabilities { Tools = new ToolsCapability() };
        options.Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. tools.All.Select(Describe)] }),
            CallToolHandler = async (request, cancellationToken) =>
            {
                var tool = tools.Find(request.Params?.Name ?? "") ?? throw new McpProtocolException(
                    $"there is no tool '{request.Params?.Name}'; there are {string.Join(", ", tools.All.Select(one => $"'{one.Name}'"))}",
                    McpErrorCode.InvalidParams);
                return ResultOf(await call(tool, request.Params!, request.Services, cancellationToken).ConfigureAwait(false));
            },
        };
    }

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

    /// <summary>An error has no structured content: it would not be of the shape that the tool promises.</summary>
    private static CallToolResult ResultOf(AgentAnswer answer)
    {
        using var parsed = JsonDocument.Parse(answer.Json);
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = Encoding.UTF8.GetString(answer.Json.Span) }],
            StructuredContent = answer.IsError ? null : parsed.RootElement.Clone(),
            IsError = answer.IsError ? true : null,
        };
    }
}
