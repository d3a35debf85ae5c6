using System.CommandLine;
using Tidemark.Cli.Options;
using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Commands;

/// <summary>The settings that a call's flags make: the last layer.</summary>
internal static class FlagLayer
{
    public static SettingLayer Read(ParseResult parsed, string folder)
    {
        var layer = new SettingLayer("the command line");
        foreach (var option in OptionsOf(parsed, SettingTable.Root))
        {
            Take(parsed, option, layer.Values, layer.Mistakes);
        }

        // A path that was typed is relative to where it was typed.
        if (layer.Values.Text(SettingPaths.Store) is { } url && StoreLocation.Parse(url, folder, []) is { Server: null } store)
        {
            layer.Values.Set(SettingPaths.Store, store.ToString());
        }

        return layer;
    }

    /// <summary>
    /// Flags that change every source of the call; mistakes go to the layer, to be told with the others.
    /// </summary>
    public static SettingValues ReadSources(ParseResult parsed, SourceOptions options, SettingLayer layer)
    {
        var values = new SettingValues();
        foreach (var option in options.Settings)
        {
            Take(parsed, option, values, layer.Mistakes);
        }

        Take(parsed, options.Include, SettingPaths.Include, values);
        Take(parsed, options.Exclude, SettingPaths.Exclude, values);
        if (options.NoIgnore.IsOn(parsed))
        {
            values.Set(SettingPaths.IgnoreFiles, false);
        }

        return values;
    }

    private static IEnumerable<SettingOption> OptionsOf(ParseResult parsed, IReadOnlyList<SettingDefinition> table) =>
        parsed.RootCommandResult.Command.Options
            .Concat(parsed.CommandResult.Command.Options)
            .OfType<SettingOption>()
            .Where(o => table.Contains(o.Setting));

    private static void Take(
        ParseResult parsed, SettingOption option, SettingValues values, ICollection<ConfigurationMistake> mistakes)
    {
        if (parsed.GetResult(option) is not null
            && parsed.GetValue(option) is { } text
            && SettingParser.Parse(option.Setting, text, $"'{option.Name}'", mistakes) is { } value)
        {
            values.Set(option.Setting.Path, value);
        }
    }

    private static void Take(ParseResult parsed, Option<string[]> option, string path, SettingValues values)
    {
        if (parsed.GetValue(option) is { Length: > 0 } texts)
        {
            values.Set(path, texts);
        }
    }
}
