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

    /// <summary>How far an element's text stands out from its background on a white page, as WCAG counts it: from 1, not at all, to 21.</summary>
    public static Task<double> ContrastAsync(this ILocator element) =>
        element.EvaluateAsync<double>(
            """
            element => {
              const canvas = document.createElement("canvas").getContext("2d");
              const paint = color => { canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); };
              const luminance = () => {
                const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data]
                  .map(value => value / 255)
                  .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
                return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
              };
              const style = getComputedStyle(element);
              paint("white");
              paint(style.backgroundColor);
              const background = luminance();
              paint(style.color);
              const [dark, light] = [background, luminance()].sort((a, b) => a - b);
              return (light + 0.05) / (dark + 0.05);
            }
            """);

    /// <summary>Keeps a picture for people; AWOOOP_SCREENSHOTS names the folder.</summary>
    public static async Task ShootAsync(this IPage page, string name)
    {
        var folder = Environment.GetEnvironmentVariable("AWOOOP_SCREENSHOTS") ?? Path.GetTempPath();
        var picture = await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"awooop-console-{name}.png"), FullPage = true });
        picture.Length.ShouldBeGreaterThan(5_000);
    }
}
