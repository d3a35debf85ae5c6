using System.Collections;
using Tidemark.Composition.Configuration;

namespace Tidemark.Composition.Trust;

/// <summary>Whether a configuration file may reach as far as it wants.</summary>
internal static class TrustRule
{
    /// <summary>Trusts whatever file there is, where nobody can be asked.</summary>
    public const string Variable = "TIDEMARK_TRUST";

    /// <summary>Whether it wants nothing that this user did not grant.</summary>
    public static bool Allows(TidemarkSettings settings, IDictionary environment, TimeProvider clock) =>
        settings.File is not { } file
        || !settings.Reach.Any(setting => setting.NeedsTrust)
        || IsGiven(environment)
        || new TrustedFiles(environment, clock).Holds(file, TrustFingerprint.Of(settings.Reach));

    /// <summary>Whether automation said so.</summary>
    public static bool IsGiven(IDictionary environment) => environment[Variable] is "1" or "true";
}
