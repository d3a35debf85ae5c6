using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Cli.Starting;
using Tidemark.Composition.Configuration;
using Tidemark.Composition.Trust;

namespace Tidemark.Cli.Commands;

/// <summary>Writes a configuration that suits the folder.</summary>
internal static class InitCommand
{
    public const string Name = "init";

    public static TidemarkCommand Build(CommandHost host)
    {
        var command = new TidemarkCommand(
            Name,
            "Writes a commented tidemark.json that suits the folder it stands in.",
            "tidemark init",
            "tidemark init --store postgres://tidemark@db.example.org/tidemark",
            "tidemark init --embedder openai:text-embedding-3-small --namespace handbook",
            "tidemark init && tidemark sync");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var found = await FolderSurvey.OfAsync(host.Folder, cancellationToken);
            Write(host.Folder, found.Sources, ChoicesOf(parsed, host));
            Trust(host);
            new CommandOutput(host.Terminal, parsed, host.Shared).Write(json => InitJson.Write(json, found), () => InitView.Of(found));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>What the file will say beside the sources.</summary>
    /// <exception cref="ConfigurationException">Something of it cannot be set so.</exception>
    private static StarterChoices ChoicesOf(ParseResult parsed, CommandHost host)
    {
        var shared = host.Shared;
        var chosen = new StarterChoices(
            Typed(parsed, shared.Store), Typed(parsed, shared.Index), Typed(parsed, shared.Namespace), Typed(parsed, shared.Embedder));
        _ = new SettingsBinder(host.Folder, [FlagLayer.Read(parsed, host.Folder)]).Bind();
        return Array.Exists([chosen.Store, chosen.Index], url => url is not null && StoreLocation.WithoutSecrets(url) != url)
            ? throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                "the address holds a password, which would be written into the file",
                "leave it out and set the environment variable 'PGPASSWORD'")
            : chosen;
    }

    private static string? Typed(ParseResult parsed, SettingOption option) =>
        parsed.GetValue(option) is { Length: > 0 } text ? text : null;

    /// <summary>Whoever has it written here wants what it says.</summary>
    private static void Trust(CommandHost host)
    {
        var path = Path.Combine(host.Folder, ConfigurationFile.Name);
        var wants = Reach.Of(ConfigurationFile.Read(path), host.Folder, host.Environment);
        if (wants.Count > 0)
        {
            new TrustedFiles(host.Environment, host.Clock).Add(path, TrustFingerprint.Of(wants));
        }
    }

    private static void Write(string folder, IReadOnlyList<FoundSource> sources, StarterChoices choices)
    {
        var path = Path.Combine(folder, ConfigurationFile.Name);
        try
        {
            using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            using (var writer = new StreamWriter(file) { NewLine = "\n" })
            {
                writer.Write(StarterConfiguration.Of(sources, choices));
            }

            ConfigurationSchema.WriteInto(folder);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"there is a '{ConfigurationFile.Name}' in this folder already",
                "edit it, or move it away first",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                $"'{path}' cannot be written: {e.Message}",
                "make the folder writable",
                e);
        }
    }
}
