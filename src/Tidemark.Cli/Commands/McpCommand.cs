using System.Runtime.CompilerServices;
using Tidemark.Agents;
using Tidemark.Cli.Agents;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;

namespace Tidemark.Cli.Commands;

/// <summary>Answers agents.</summary>
internal static class McpCommand
{
    public const string Name = "mcp";

    public static TidemarkCommand Build(CommandHost host) => new TidemarkCommand(
        Name,
        "Serves search, fetch, freshness and why to agents in the Model Context Protocol, on standard input and output. Agents start it "
        + "themselves: docs/mcp.md has their configurations.",
        "tidemark mcp",
        "tidemark mcp --store sqlite:/srv/handbook/.tidemark/tidemark.db --quiet").Handle(host, RunAsync);

    /// <summary>A method of its own, so that the protocol is loaded for those who speak it only.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (settings, output) = (context.Settings, context.Output);
        var input = StandardInput.Open("start it from an agent: docs/mcp.md has their configurations");
        var log = output.IsQuiet
            ? null
            : new AgentLog(new RunLog(output.Terminal.Error, context.Host.Clock, output.Log ?? LogForm.Text), output.IsVerbose);
        log?.Start(settings.Namespace, settings.Store.ToString());

        var tools = new AgentTools(new AgentOptions { Status = settings.Status, Urls = settings.Urls });
        await using var index = new ReopeningIndex(
            () => context.ToAsk(context.Stores.OpenForReadingAsync), settings.Store.Server is null ? settings.Store.Path : null);
        await using var transport = new StdioTransport(input, output.Terminal);
        using var server = new AgentServer(
            tools, ask => index.AskAsync(one => AskAsync(context, one, ask, cancellationToken)), log);
        await server.RunAsync(transport, cancellationToken);
        if (transport.Broken is OutputFailedException failed)
        {
            throw failed;
        }

        log?.End(cancellationToken.IsCancellationRequested);

        // Who runs until it is stopped has done what it should when its agent or supervisor stops it.
        return cancellationToken.IsCancellationRequested && !context.Host.IsTerminated() ? ExitCodes.Cancelled : ExitCodes.Done;
    }

    private static async Task<AgentAnswer> AskAsync(
        CommandContext context, TidemarkIndex index, Func<TidemarkIndex, Task<AgentAnswer>> ask, CancellationToken cancellationToken)
    {
        try
        {
            await Namespaces.RequireIndexAsync(index, context.AskedIndex, cancellationToken);
        }
        catch (TidemarkException e)
        {
            return AgentAnswer.OfFailure(e);
        }

        return await ask(index);
    }
}
