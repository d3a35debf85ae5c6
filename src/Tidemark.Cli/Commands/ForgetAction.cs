namespace Tidemark.Cli.Commands;

/// <summary>What <c>forget</c> is asked to do.</summary>
internal enum ForgetAction
{
    Forget,
    Lift,
    Export,
    Reapply,
}
