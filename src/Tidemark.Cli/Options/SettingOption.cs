using System.CommandLine;
using Tidemark.Composition.Configuration;

namespace Tidemark.Cli.Options;

/// <summary>A flag for a setting: checked and documented by the setting's own definition.</summary>
internal sealed class SettingOption : Option<string>
{
    public SettingOption(string name, string helpName, IReadOnlyList<SettingDefinition> table, string path)
        : base(name)
    {
        Setting = table.First(s => string.Equals(s.Path, path, StringComparison.Ordinal));
        HelpName = helpName;
        Description = Setting.Description;
        if (Setting.Choices.Count > 0)
        {
            CompletionSources.Add([.. Setting.Choices]);
        }
    }

    public SettingDefinition Setting { get; }
}
