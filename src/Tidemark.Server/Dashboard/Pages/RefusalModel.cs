namespace Tidemark.Server.Dashboard.Pages;

/// <param name="Request">By this its lines are found in the log.</param>
internal sealed record RefusalModel(int Status, string Code, string Message, string Remedy, string Request);
