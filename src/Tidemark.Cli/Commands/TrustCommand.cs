using System.CommandLine;
using Tidemark.Cli.Hosting;
using Tidemark.Cli.Options;
using Tidemark.Cli.Output;
using Tidemark.Composition.Configuration;
using Tidemark.Composition.Trust;

namespace Tidemark.Cli.Commands;

/// <summary>What a configuration file may reach for beyond its folder.</summary>
internal static class TrustCommand
{
    public const string Name = "trust";

    public static TidemarkCommand Build(CommandHost host)
    {
        var file = new Argument<string?>("FILE")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A tidemark.json [default: the one that commands use here]",
        };
        var revoke = new Switch("--revoke", "Trust it no more");
        var list = new Switch("--list", "List what is trusted");
        var command = new TidemarkCommand(
            Name,
            "Lets this very tidemark.json reach beyond its folder: run programs, send to addresses, read variables and places.",
            "tidemark trust",
            "tidemark trust ../tidemark.json",
            "tidemark trust --revoke",
            "tidemark trust --list")
        {
            file, revoke, list,
        };
        command.SetAction(parsed =>
        {
            UsageErrors.CheckOptions(parsed);
            var output = new CommandOutput(host.Terminal, parsed, host.Shared);
            var trusted = new TrustedFiles(host.Environment, host.Clock);
            if (list.IsOn(parsed))
            {
                var files = trusted.All();
                output.Write(json => TrustJson.Write(json, files), () => TrustView.Of(files));
            }
            else if (revoke.IsOn(parsed))
            {
                Revoke(FileOf(host, parsed.GetValue(file)), trusted, output);
            }
            else
            {
                Trust(FileOf(host, parsed.GetValue(file)), host, trusted, output);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Trust(string file, CommandHost host, TrustedFiles trusted, CommandOutput output)
    {
        var layer = ConfigurationFile.Read(file);
        if (layer.Mistakes.Count > 0)
        {
            throw new ConfigurationException(layer.Mistakes);
        }

        var wants = Reach.Of(layer, Path.GetDirectoryName(file)!, host.Environment);
        trusted.Add(file, TrustFingerprint.Of(wants));
        output.Write(json => TrustJson.Write(json, file, trusted: true, wants), () => TrustView.Trusted(file, wants));
    }

    private static void Revoke(string file, TrustedFiles trusted, CommandOutput output)
    {
        var was = trusted.Remove(file);
        output.Write(json => TrustJson.Write(json, file, trusted: false, []), () => TrustView.Revoked(file, was));
    }

    private static string FileOf(CommandHost host, string? named)
    {
        if (named is not null)
        {
            var path = Path.GetFullPath(named, host.Folder);
            return Directory.Exists(path) ? Path.Combine(path, ConfigurationFile.Name) : path;
        }

        return ConfigurationFile.Find(host.Folder, UserFolders.Home(host.Environment))
            ?? throw new TidemarkException(
                ErrorCodes.Usage,
                $"there is no '{ConfigurationFile.Name}' here or above",
                $"name the file: tidemark {Name} FILE");
    }
}
