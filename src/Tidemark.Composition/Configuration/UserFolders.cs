using System.Collections;

namespace Tidemark.Composition.Configuration;

/// <summary>Where the user's own files are.</summary>
internal static class UserFolders
{
    /// <summary>Null: nobody says.</summary>
    public static string? Home(IDictionary environment) =>
        environment["HOME"] is string home && Path.IsPathRooted(home)
            ? home
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } known ? known : null;

    /// <summary>Where what a user's programs noticed is kept, by the same specification; null: nobody says where.</summary>
    public static string? State(IDictionary environment) =>
        environment["XDG_STATE_HOME"] is string named && Path.IsPathRooted(named) ? named
        : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
        : Home(environment) is { } home ? Path.Combine(home, ".local", "state")
        : null;

    /// <summary>As the XDG base directory specification has it; a relative path counts as none.</summary>
    /// <exception cref="TidemarkException">There is none.</exception>
    public static string Configuration(IDictionary environment)
    {
        if (environment["XDG_CONFIG_HOME"] is string named && Path.IsPathRooted(named))
        {
            return named;
        }

        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);
        }

        return Home(environment) is { } home
            ? Path.Combine(home, ".config")
            : throw new TidemarkException(
                ErrorCodes.ConfigurationInvalid,
                "this user has no home folder to keep what is trusted in",
                "set HOME or XDG_CONFIG_HOME, or TIDEMARK_TRUST=1 for this call");
    }
}
