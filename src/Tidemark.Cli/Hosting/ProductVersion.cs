namespace Tidemark.Cli.Hosting;

internal static class ProductVersion
{
    /// <summary>As the package has it: <c>0.3.0</c>.</summary>
    public static string Text => typeof(ProductVersion).Assembly.GetName().Version!.ToString(3);
}
