using System.Collections;

namespace Tidemark.Composition.Configuration;

/// <summary>Puts the settings together: defaults, then file, then environment, then flags.</summary>
internal static class ConfigurationLoader
{
    /// <exception cref="ConfigurationException">Every mistake of every layer.</exception>
    public static TidemarkSettings Load(string folder, IDictionary environment, SettingLayer flags)
    {
        var file = ConfigurationFile.Find(folder, UserFolders.Home(environment));
        var root = file is null ? folder : Path.GetDirectoryName(file)!;
        var layers = new List<SettingLayer>(3);
        IReadOnlyList<ReachingSetting> reach = [];
        if (file is not null)
        {
            layers.Add(ConfigurationFile.Read(file));
            reach = Reach.Of(layers[0], root, environment);
        }

        layers.Add(EnvironmentLayer.Read(environment));
        layers.Add(flags);
        return new SettingsBinder(root, layers).Bind() with { File = file, Reach = reach };
    }
}
