using Microsoft.Playwright;

namespace AwoooP.Console.Tests;

/// <summary>What a person does on every page.</summary>
internal static class Pages
{
    /// <summary>Signs in on the first page, in whatever language it is.</summary>
    public static async Task SignInAsync(this IPage page, string key)
    {
        await page.GotoAsync("/");
        await page.Locator("input[type=password]").FillAsync(key);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Goes to a page by the links that every page has.</summary>
    public static Task GoToAsync(this IPage page, string name) =>
        page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();

    public static Task<bool> NeedsNoSidewaysScrollingAsync(this IPage page) =>
        page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth");

    /// <summary>Keeps a picture for people; AWOOOP_SCREENSHOTS names the folder.</summary>
    public static async Task ShootAsync(this IPage page, string name)
    {
        var folder = Environment.GetEnvironmentVariable("AWOOOP_SCREENSHOTS") ?? Path.GetTempPath();
        var picture = await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"awooop-console-{name}.png"), FullPage = true });
        picture.Length.ShouldBeGreaterThan(5_000);
    }
}
