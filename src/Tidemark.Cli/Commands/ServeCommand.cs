using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Commands;

/// <summary>Starts the service. It is a program of its own, and this process becomes it.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static TidemarkCommand Build(CommandHost host)
    {
        var listen = new SettingOption("--listen", "URL", SettingTable.Root, SettingPaths.ServerListen)
        {
            Description = "Where to listen; beyond this machine only with keys [default: http://127.0.0.1:7171]",
        };
        var log = new SettingOption("--log", "FORM", SettingTable.Root, SettingPaths.ServerLog)
        {
            Description = "Log on standard error as text or as json, one line each [default: text]",
        };
        var command = new TidemarkCommand(
            Name,
            "Serves the index over HTTP until it is stopped: documents, search, runs, the change queue, which it carries out as well. "
            + "docs/service.md has its API.",
            "tidemark serve",
            "tidemark serve --listen http://127.0.0.1:8080 --store sqlite:/srv/index.db")
        {
            listen,
            log,
        };
        return command.Handle(host, (context, _) => throw Start(context));
    }

    /// <summary>What was said in this very call goes along as the environment, where it counts more than the file.</summary>
    /// <returns>Why there is no service; else this process is it by now.</returns>
    private static TidemarkException Start(CommandContext context)
    {
        var settings = context.Settings;
        var said = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [SettingPaths.Store] = settings.Store.Server ?? $"{StoreLocation.Scheme}{settings.Store.Path}",
            [SettingPaths.Namespace] = settings.Namespace,
            [SettingPaths.ServerListen] = settings.Service.Listen,
            [SettingPaths.ServerLog] = settings.Service.LogsJson ? "json" : "text",
            [SettingPaths.EmbeddingModel] = context.Parsed.GetValue(context.Host.Shared.Embedder),
            [SettingPaths.Index] = context.AskedIndex,
        };
        foreach (var (path, text) in said.Where(one => one.Value is not null))
        {
            Environment.SetEnvironmentVariable(EnvironmentLayer.VariableOf(path), text);
        }

        context.Output.Terminal.Flush();
        return ServerProgram.Find(context.Host.Environment).Become();
    }
}
