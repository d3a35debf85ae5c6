using System.CommandLine;
using Tidemark.Cli.Composition;
using Tidemark.Cli.Configuration;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Output;
using Tidemark.Cli.Trust;

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
            "tidemark init && tidemark sync");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var sources = FolderSurvey.Of(host.Folder);
            var notTaken = await LeftOutSurvey.OfAsync(host.Folder, sources, cancellationToken);
            Write(host.Folder, sources, StoreOf(parsed, host));
            Trust(host);
            new CommandOutput(host.Terminal, parsed, host.Shared).Write(
                json => InitJson.Write(json, sources, notTaken), () => InitView.Of(sources, notTaken));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Where the index shall live, as the file will say it; null: as by default.</summary>
    private static string? StoreOf(ParseResult parsed, CommandHost host)
    {
        if (parsed.GetValue(host.Shared.Store) is not { Length: > 0 } asked)
        {
            return null;
        }

        var mistakes = new List<ConfigurationMistake>();
        return StoreLocation.Parse(asked, host.Folder, mistakes) is null ? throw new ConfigurationException(mistakes)
            : StoreLocation.WithoutSecrets(asked) != asked ? throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                "the address of the store holds a password, which would be written into the file",
                "leave it out and set the environment variable 'PGPASSWORD'")
            : asked;
    }

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

    private static void Write(string folder, IReadOnlyList<FoundSource> sources, string? store)
    {
        var path = Path.Combine(folder, ConfigurationFile.Name);
        try
        {
            using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
            using (var writer = new StreamWriter(file) { NewLine = "\n" })
            {
                writer.Write(StarterConfiguration.Of(sources, store));
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
