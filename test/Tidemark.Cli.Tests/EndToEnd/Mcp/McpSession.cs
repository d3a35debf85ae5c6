using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Shouldly;

namespace Tidemark.Cli.Tests.EndToEnd.Mcp;

/// <summary>The executable as an agent has it, through the client of the C# SDK.</summary>
internal sealed class McpSession : IAsyncDisposable
{
    private McpSession(McpClient client) => Client = client;

    public McpClient Client { get; }

    /// <param name="protocol">Null: the newest that both know.</param>
    public static async Task<McpSession> StartAsync(Workspace work, string? protocol = null, params string[] flags)
    {
        var environment = work.Environment.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal);
        environment["HOME"] = work.Root;
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = TidemarkProcess.Executable,
            Arguments = ["mcp", .. flags],
            WorkingDirectory = work.Root,
            EnvironmentVariables = environment,
        });
        return new McpSession(await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = protocol }));
    }

    public async Task<JsonElement> AskAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await CallAsync(tool, arguments);
        (result.IsError ?? false).ShouldBeFalse(TextOf(result));
        return result.StructuredContent.ShouldNotBeNull();
    }

    /// <returns>The ids that a search finds.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(string query, string mode = "hybrid") =>
        [.. (await AskAsync("search", ("query", query), ("mode", mode))).GetProperty("results").EnumerateArray()
            .Select(result => result.GetProperty("id").GetString()!)];

    /// <returns>The code of the error.</returns>
    public async Task<string> FailAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await CallAsync(tool, arguments);
        (result.IsError ?? false).ShouldBeTrue(TextOf(result));
        result.StructuredContent.ShouldBeNull();
        var error = JsonDocument.Parse(TextOf(result)).RootElement.GetProperty("error");
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        error.GetProperty("remedy").GetString().ShouldNotBeNullOrEmpty();
        return error.GetProperty("code").GetString()!;
    }

    public async Task<CallToolResult> CallAsync(string tool, params (string Name, object? Value)[] arguments) => await Client.CallToolAsync(
        tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal));

    public ValueTask DisposeAsync() => Client.DisposeAsync();

    private static string TextOf(CallToolResult result) => result.Content.ShouldHaveSingleItem().ShouldBeOfType<TextContentBlock>().Text;
}
