namespace Tidemark.Server.Dashboard.Pages;

/// <param name="Others">Namespaces that there are instead.</param>
internal sealed record EmptyModel(IReadOnlyList<string> Others);
