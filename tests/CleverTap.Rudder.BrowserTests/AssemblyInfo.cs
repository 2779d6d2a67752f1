// Each of these tests starts pages in a browser.
[assembly: Category("Slow")]
