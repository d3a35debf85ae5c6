using Tidemark.Cli.Output;
using Tidemark.Composition.Configuration;
using Tidemark.Composition.Trust;

namespace Tidemark.Cli.Commands;

/// <summary>Lets a configuration file reach beyond its folder if this user trusted it, or does so now.</summary>
internal static class TrustGate
{
    /// <exception cref="UntrustedException">It wants what nobody granted.</exception>
    public static void Check(TidemarkSettings settings, CommandHost host, CommandOutput output)
    {
        if (TrustRule.Allows(settings, host.Environment, host.Clock))
        {
            return;
        }

        var file = settings.File!;

        if (output.IsJson || output.IsQuiet || !Ask(host, file, settings.Reach))
        {
            throw new UntrustedException(file, settings.Reach);
        }

        new TrustedFiles(host.Environment, host.Clock).Add(file, TrustFingerprint.Of(settings.Reach));
    }

    private static bool Ask(CommandHost host, string file, IReadOnlyList<ReachingSetting> wants)
    {
        if (!host.CanAsk)
        {
            return false;
        }

        PlainRenderer.Render(host.Terminal.Error, TrustView.Of(file, wants));
        return host.Confirm("Trust it with that?");
    }
}
