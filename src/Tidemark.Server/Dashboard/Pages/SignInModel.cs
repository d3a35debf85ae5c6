using Microsoft.AspNetCore.Antiforgery;

namespace Tidemark.Server.Dashboard.Pages;

/// <param name="Wrong">What was wrong with the key; null: none was given yet.</param>
/// <param name="Back">Where one goes then, below the dashboard.</param>
internal sealed record SignInModel(AntiforgeryTokenSet Token, string? Wrong, string Back);
